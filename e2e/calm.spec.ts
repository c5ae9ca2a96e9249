import { composeSmallJob, openNewJob, openStep, submit } from './compose';
import { expect, test } from './fixtures';

test('with reduced motion nothing moves by itself', async ({ page, local }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .map((element) => ({ name: element.outerHTML.slice(0, 80), style: getComputedStyle(element) }))
        .filter(
          ({ style }) => style.animationName !== 'none' || !/^0s(, 0s)*$/.test(style.transitionDuration),
        )
        .map(({ name }) => name),
    );
  await composeSmallJob(page, local.url, { name: 'calm', command: 'sleep 600' });
  expect(await moving()).toEqual([]);
  await submit(page);
  await expect(page.getByRole('button', { name: 'Stop job' })).toBeEnabled();
  expect(await moving()).toEqual([]);
  await page.goto(`${local.url}/jobs`);
  await expect(page.getByRole('link', { name: 'calm' })).toBeVisible();
  expect(await moving()).toEqual([]);
});

test('Escape closes only the dialog it opened, and takes nothing from the form', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'escaped', command: 'sleep 600' });
  await page.getByText('Draft kept in this browser').waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 2, name: 'Review' })).toBeVisible();
  await submit(page);
  const stop = page.getByRole('button', { name: 'Stop job' });
  await expect(stop).toBeEnabled();
  const sent = page.getByText('Request body as sent');
  await sent.click();
  await expect(page.getByText('"sleep 600"').filter({ visible: true })).toHaveCount(1);
  const address = page.url();
  await stop.click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(stop).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText('"sleep 600"').filter({ visible: true })).toHaveCount(1);
  expect(page.url()).toBe(address);
});

test('many values pasted into a list become its rows, one value is pasted as it is', async ({
  page,
  local,
}) => {
  await openNewJob(page, local.url);
  await openStep(page, 'Network');
  const row = (number: number) => page.getByLabel(`Extended CIDR blocks, value ${number}`, { exact: true });
  const paste = async (text: string) => {
    await page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await page.keyboard.press('ControlOrMeta+V');
  };
  await page.getByRole('button', { name: 'Add a row: Extended CIDR blocks' }).click();
  await row(1).focus();
  await paste('10.0.0.0/8');
  await expect(row(1)).toHaveValue('10.0.0.0/8');
  await row(1).press('End');
  await paste(Array.from({ length: 50 }, (_, at) => `  192.168.${at}.0/24`).join('\r\n\r\n'));
  await expect(row(1)).toHaveValue('10.0.0.0/8');
  await expect(row(2)).toHaveValue('192.168.0.0/24');
  await expect(row(51)).toHaveValue('192.168.49.0/24');
  await expect(row(52)).toBeHidden();
});
