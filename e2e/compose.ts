import { expect, type Page } from '@playwright/test';

/** The steps as a person moves through them. */
export async function openStep(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
}

export async function openNewJob(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/jobs/new`);
  await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
}

type SmallJob = { name: string; command?: string; image?: string; workspace?: string };

/** The least a job needs. */
export async function composeSmallJob(page: Page, url: string, job: SmallJob): Promise<void> {
  await openNewJob(page, url);
  await page.getByLabel('Name', { exact: true }).fill(job.name);
  if (job.workspace) await page.getByLabel('Workspace', { exact: true }).fill(job.workspace);
  await openStep(page, 'Roles');
  await page.getByLabel('Image').fill(job.image ?? 'registry.example.com/team/train:1');
  await page.getByRole('textbox', { name: 'Instance type' }).fill('ecs.g6.large');
  await openStep(page, 'Command and code');
  await page.getByLabel('Command', { exact: true }).fill(job.command ?? 'echo hello');
  await openStep(page, 'Review');
}

export async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Submit job' }).click();
}

/** Composes a job and presses Submit in two tabs at once; gives the other tab, which shows the same job. */
export async function submitInTwoTabs(page: Page, url: string, job: SmallJob): Promise<Page> {
  await composeSmallJob(page, url, job);
  await expect(page.getByText('Draft kept in this browser')).toBeVisible();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole('button', { name: 'Submit job' })).toBeVisible();
  await Promise.all([submit(page), submit(other)]);
  for (const tab of [page, other])
    await expect(tab.getByRole('heading', { level: 1, name: job.name })).toBeVisible();
  return other;
}
