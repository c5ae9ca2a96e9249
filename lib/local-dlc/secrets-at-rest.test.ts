import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readIfThere } from './durable-file';
import { type LocalDlc, type LocalDlcOptions, startLocalDlc } from './start';
import * as client from './test-client';

const secrets = ['registry-pw-1', 'registry-auth-2', 'assumed-3', 'token-4'];
const body = {
  JobSpecs: [
    { Type: 'Worker', ImageConfig: { Username: 'u', Password: secrets[0], Auth: secrets[1] }, PodCount: 1 },
  ],
  CredentialConfig: {
    EnableCredentialInject: false,
    CredentialConfigItems: [
      { Key: 'k', Type: 'Role', Roles: [{ RoleArn: 'arn', AssumeUserInfo: { AccessKeyId: secrets[2] } }] },
    ],
  },
  Envs: { HF_TOKEN: secrets[3] },
  UserCommand: 'test "$HF_TOKEN" && until [ -e go ]; do sleep 0.1; done',
};
const wait = { timeout: 8_000, interval: 50 };
const started: LocalDlc[] = [];

async function start(dataDir: string, options: Partial<LocalDlcOptions> = {}): Promise<LocalDlc> {
  const phaseMs = { Creating: 0, Queuing: 0, EnvPreparing: 0 };
  const dlc = await startLocalDlc({ dataDir, phaseMs, ...options });
  started.push(dlc);
  return dlc;
}

afterEach(async () => {
  for (const dlc of started.splice(0)) await dlc.close();
});

function filesWith(dataDir: string, text: string): string[] {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readIfThere(path)?.includes(text));
}

const secretsIn = (dataDir: string): string[][] => secrets.map((secret) => filesWith(dataDir, secret));
const nowhere = secrets.map(() => []);

it('keeps no secret of a job readable on the disk, while it runs, after it, and after a restart', async () => {
  const dataDir = client.newDataDir();
  const first = await start(dataDir);
  expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
  const jobId = await client.createId(first, body);
  await expect.poll(() => client.statusOf(first, jobId), wait).toBe('Running');
  expect(secretsIn(dataDir)).toEqual(nowhere);
  expect(filesWith(dataDir, jobId)).not.toEqual([]);
  await first.close();
  const second = await start(dataDir);
  writeFileSync(join(dataDir, 'jobs', jobId, 'pods', `${jobId}-master-0`, 'work', 'go'), '');
  await expect.poll(() => client.statusOf(second, jobId), wait).toBe('Succeeded');
  expect(secretsIn(dataDir)).toEqual(nowhere);
  expect(await client.read(second, jobId)).toMatchObject({ Envs: body.Envs });
});

it('opens a job that an earlier version left unsealed, and seals it', async () => {
  const dataDir = client.newDataDir();
  const first = await start(dataDir, { phaseMs: { Creating: 60_000 } });
  const jobId = await client.createId(first, body);
  await first.close();
  const path = join(dataDir, 'jobs', jobId, 'job.json');
  const { sealed: _, ...record } = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...record, request: client.jobBody(body) }));
  expect(secretsIn(dataDir)).not.toEqual(nowhere);
  const second = await start(dataDir, { phaseMs: { Creating: 60_000 } });
  expect(secretsIn(dataDir)).toEqual(nowhere);
  expect(await client.read(second, jobId)).toMatchObject({ DisplayName: 'test', Envs: body.Envs });
});

it('takes a key that is handed in, and says so where that is another one than before', async () => {
  const dataDir = client.newDataDir();
  const secretKey = randomBytes(32);
  const first = await start(dataDir, { secretKey, phaseMs: { Creating: 60_000 } });
  const jobId = await client.createId(first, body);
  await first.close();
  expect(readdirSync(dataDir)).not.toContain('secret.key');
  await expect(start(dataDir, { secretKey: randomBytes(32) })).rejects.toThrow(
    `The jobs in ${join(dataDir, 'jobs')} were sealed with another key`,
  );
  const second = await start(dataDir, { secretKey, phaseMs: { Creating: 60_000 } });
  expect(await client.statusOf(second, jobId)).toBe('Creating');
});

it('does not open the body of one job as that of another', async () => {
  const dataDir = client.newDataDir();
  const first = await start(dataDir, { phaseMs: { Creating: 60_000 } });
  const [one, two] = [await client.createId(first, body), await client.createId(first)];
  await first.close();
  const pathOf = (jobId: string): string => join(dataDir, 'jobs', jobId, 'job.json');
  const { sealed } = JSON.parse(readFileSync(pathOf(one), 'utf8'));
  writeFileSync(pathOf(two), JSON.stringify({ ...JSON.parse(readFileSync(pathOf(two), 'utf8')), sealed }));
  const second = await start(dataDir);
  expect(await client.read(second, two)).toMatchObject({ Code: 'InternalError' });
});
