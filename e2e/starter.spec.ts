import { submit } from './compose';
import { expect, secondBrowser, test } from './fixtures';

test('the starter job of the empty list succeeds, with its output, in a second browser too', async ({
  page,
  local,
  noise,
}) => {
  await page.goto(`${local.url}/`);
  await expect(page).toHaveURL(/\/jobs$/);
  await expect(page.getByText('Local: jobs run as processes of this machine')).toBeVisible();
  await page.goto(`${local.url}/jobs/new?starter=1`);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click();
  await submit(page);
  await expect(page.getByRole('heading', { level: 1, name: 'starter' })).toBeVisible();
  await expect(page).toHaveTitle(/Succeeded.*starter/, { timeout: 30_000 });
  await expect(page.getByText('Hello from rank 0 of 1')).toBeVisible();

  const context = await secondBrowser(page, noise);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other).toHaveTitle(/Succeeded.*starter/);
  await expect(other.getByText('Hello from rank 0 of 1')).toBeVisible();
  await other.getByText('Request body as sent').click();
  await expect(other.getByText('"UserCommand"').first()).toBeVisible();
  await context.close();
});
