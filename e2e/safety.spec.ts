import { ask } from './ask';
import { composeSmallJob, submit } from './compose';
import { expect, expectNoise, test } from './fixtures';
import { startJobwright } from './server';

test('a foreign Host gets nothing, on any kind of address', async ({ local }) => {
  for (const path of ['/jobs', '/jobs/new', '/api/jobs', '/icon.svg', '/nowhere']) {
    const { status, text } = await ask(local.url, path, { headers: { host: 'evil.example:3000' } });
    expect(status, path).toBe(421);
    expect(text).not.toContain('<');
  }
});

test('an action is refused without an Origin, with a foreign one, and with a forged X-Forwarded-Host', async ({
  page,
  cloud,
  dlc,
  noise,
}) => {
  await composeSmallJob(page, cloud.url, { name: 'stolen' });
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await page.route('**/jobs/new**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await submit(page);
  const post = await posted;
  await expect(page.getByText('Jobwright did not respond')).toBeVisible();
  expectNoise(noise, /ERR_FAILED/);
  const all = await post.allHeaders();
  const base = Object.fromEntries(
    Object.entries(all).filter(
      ([name]) => !name.startsWith(':') && !/^(origin|sec-fetch-site|content-length)$/.test(name),
    ),
  );
  const body = post.postData() ?? '';
  const send = (headers: Record<string, string>) =>
    ask(cloud.url, new URL(post.url()).pathname + new URL(post.url()).search, {
      method: 'POST',
      headers: { ...base, ...headers },
      body,
    });
  await send({});
  await send({ origin: 'http://evil.example' });
  await send({ origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' });
  await send({ origin: cloud.url, 'sec-fetch-site': 'cross-site' });
  await send({ origin: 'null' });
  expect(dlc.requestsOf('CreateJob')).toHaveLength(0);
  const answer = await send({ origin: cloud.url, 'sec-fetch-site': 'same-origin' });
  expect(answer.status).toBe(200);
  expect(dlc.requestsOf('CreateJob')).toHaveLength(1);
});

test('pages carry the strict policy and are not stored', async ({ local }) => {
  const { headers } = await ask(local.url, '/jobs');
  const policy = String(headers['content-security-policy']);
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'(;|$)/);
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers['cache-control']).toContain('no-store');
  expect(headers['x-content-type-options']).toBe('nosniff');
  const api = await ask(local.url, '/api/jobs');
  expect(api.headers['cache-control']).toContain('no-store');
});

test('secrets stay out of review, pages and answers', async ({ page, local }) => {
  await page.goto(`${local.url}/jobs/new?starter=1`);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Environment' }).click();
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1').fill('DB_PASSWORD');
  await page.getByLabel('Variables, value 1').fill('swordfish-9');
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Command' }).click();
  await page
    .getByLabel('Command', { exact: true })
    .fill('test "$DB_PASSWORD" = swordfish-9 && echo it-arrived');
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText('••••••••')).toBeVisible();
  await submit(page);
  await expect(page.getByText('it-arrived', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveTitle(/Succeeded/);
  const html = await ask(local.url, new URL(page.url()).pathname);
  const api = await ask(local.url, new URL(page.url()).pathname.replace('/jobs/', '/api/jobs/'));
  for (const { text } of [html, api]) {
    expect(text).toContain('DB_PASSWORD');
    expect(
      text.replaceAll('test \\"$DB_PASSWORD\\" = swordfish-9', '').replaceAll('= swordfish-9', ''),
    ).not.toContain('swordfish-9');
  }
});

test('with a token, nothing is shown without it; a link with it signs in and loses it', async ({
  page,
  noise,
}) => {
  const server = await startJobwright({ JOBWRIGHT_TOKEN: 'a-token-of-sixteen-and-more' });
  try {
    const api = await ask(server.url, '/api/jobs');
    expect(api.status).toBe(401);
    await page.goto(`${server.url}/submissions`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.getByLabel('Token').fill('not-the-token-at-all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('This token is not correct.')).toBeVisible();
    await page.getByLabel('Token').fill('a-token-of-sixteen-and-more');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(`${server.url}/submissions`);
    await page.context().clearCookies();
    await page.goto(`${server.url}/jobs?token=a-token-of-sixteen-and-more`);
    await expect(page).toHaveURL(`${server.url}/jobs`);
    expect(noise).toEqual([]);
  } finally {
    // What the page fetches ahead must not outlive its server.
    await page.close();
    await server.dispose();
  }
});
