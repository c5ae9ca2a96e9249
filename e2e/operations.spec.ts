import { composeSmallJob, submit } from './compose';
import { startFaultDlc } from './fault-dlc';
import { expect, test } from './fixtures';
import { startJobwright } from './server';

const cloudKeys = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAItestkeyid000000',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'test-secret-of-the-key',
};
const token = 'a-token-of-sixteen-and-more';

type Line = Record<string, unknown>;

function logLines(output: string): Line[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

test('the log tells of starting, sending and stopping, under the submission, and no secret', async ({
  page,
}) => {
  const dlc = await startFaultDlc();
  const server = await startJobwright({ ...cloudKeys, DLC_ENDPOINT: dlc.endpoint, JOBWRIGHT_TOKEN: token });
  try {
    await page.goto(`${server.url}/jobs?token=${token}`);
    await composeSmallJob(page, server.url, { name: 'logged', command: 'echo not-for-the-log' });
    await submit(page);
    await expect(page.getByRole('heading', { level: 1, name: 'logged' })).toBeVisible();
    const jobId = page.url().split('/').at(-1);
    await server.stop();
    const lines = logLines(server.output());
    const created = lines.find(({ operation }) => operation === 'CreateJob');
    expect(created).toMatchObject({ level: 'info', outcome: 'ok', status: 200 });
    expect(created?.submission).toMatch(/^[0-9a-f-]{36}$/);
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'Submission',
        outcome: 'accepted',
        jobId,
        submission: created?.submission,
      }),
    );
    expect(lines[0]).toMatchObject({ message: 'Started', dlc: 'cloud', endpoint: dlc.endpoint });
    expect(lines.at(-2)).toMatchObject({ message: 'Stopping', signal: 'SIGTERM' });
    expect(lines.at(-1)).toMatchObject({ message: 'Stopped' });
    for (const secret of [token, cloudKeys.ALIBABA_CLOUD_ACCESS_KEY_SECRET, 'not-for-the-log'])
      expect(server.output()).not.toContain(secret);
  } finally {
    await server.dispose();
    await dlc.close();
  }
});
