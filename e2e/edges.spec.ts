import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from './ask';
import { composeSmallJob, submit } from './compose';
import { expect, test } from './fixtures';
import { freePort, startJobwright } from './server';

test('every answer bears the headers, and none is a stack trace', async ({ local }) => {
  for (const [method, path, status] of [
    ['GET', '/jobs/%ff', 400],
    ['GET', '//evil.example', 400],
    ['GET', 'http://evil.example/api/jobs', 400],
    ['TRACE', '/jobs', 405],
    ['POST', '/icon.svg', 405],
    ['GET', '/jobs/', 308],
    ['GET', '/_next/image?url=%2Ficon.svg&w=64&q=75', 404],
    ['GET', '/nowhere', 404],
    ['GET', '/jobs', 200],
  ] as const) {
    const answer = await ask(local.url, path, { method });
    expect(answer.status, path).toBe(status);
    expect(answer.headers['x-content-type-options'], path).toBe('nosniff');
    expect(answer.headers['content-security-policy'], path).toContain("default-src 'none'");
    expect(answer.headers.location ?? '', path).not.toContain('evil');
  }
  const foreign = await ask(local.url, '//jobs/', { headers: { host: 'evil.example' } });
  expect(foreign.status).toBe(421);
  expect(local.output()).not.toMatch(/Error|\n\s+at /);
});

test('wrong tokens do not keep the right one out', async () => {
  const token = 'a-token-of-sixteen-and-more';
  const server = await startJobwright({ JOBWRIGHT_TOKEN: token });
  try {
    await Promise.all(Array.from({ length: 12 }, () => ask(server.url, '/?token=guess')));
    const answer = await ask(server.url, `/jobs?token=${token}`);
    expect(answer.headers.location).toMatch(/\/jobs$/);
    expect(answer.headers['set-cookie']).toHaveLength(1);
  } finally {
    await server.dispose();
  }
});

test('what is wrong with the environment is one sentence, at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-edges-'));
  writeFileSync(join(folder, 'file'), '');
  writeFileSync(join(folder, 'jobwright.sqlite'), 'this is no database, whatever its name says');
  const PORT = String(await freePort());
  for (const [variables, sentence] of [
    [{ JOBWRIGHT_DATA_DIR: join(folder, 'file') }, 'is a file'],
    [{ JOBWRIGHT_DATA_DIR: folder }, 'is damaged'],
    [{ JOBWRIGHT_DATA_DIR: folder, JOBWRIGHT_HOST: '[::1]' }, 'JOBWRIGHT_HOST must be'],
    [{ JOBWRIGHT_DATA_DIR: folder, DLC_REGION: 'cn-hangzhou' }, 'ALIBABA_CLOUD_ACCESS_KEY_ID'],
  ] as const) {
    const env = { ...process.env, PORT, ...variables };
    const ended = spawnSync(process.execPath, ['lib/start.mjs'], { env, encoding: 'utf8', timeout: 15_000 });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/^[^\n]+\.\n$/);
    expect(ended.stderr).toContain(sentence);
  }
  rmSync(folder, { recursive: true });
});

test('a secret variable is nowhere in the data directory', async ({ page, local }) => {
  await composeSmallJob(page, local.url, { name: 'sealed' });
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Environment' }).click();
  await page.getByRole('button', { name: 'Add a row: Variables' }).click();
  await page.getByLabel('Variables, name 1').fill('DB_PASSWORD');
  await page.getByLabel('Variables, value 1').fill('opensesame-77');
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click();
  await submit(page);
  await expect(page).toHaveTitle(/Succeeded.*sealed/);
  const files = readdirSync(local.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  expect(files.some((file) => readFileSync(file).includes('sealed'))).toBe(true);
  expect(files.filter((file) => readFileSync(file).includes('opensesame-77'))).toEqual([]);
});
