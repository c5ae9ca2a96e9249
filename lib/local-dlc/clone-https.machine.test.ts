import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { join, normalize } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { LocalDlc } from './start';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { addCodeSource } from './test-registry';
import { startQuick } from './test-start';

const wait = { timeout: 20_000, interval: 50 };
const token = 'glpat-jobwright-1234';
const basic = Buffer.from(`me:${token}`).toString('base64');

type Host = { origin: string /** The Authorization of each request. */; seen: (string | undefined)[] };

const servers: Server[] = [];
let folder: string;
let repositories: Host;
let elsewhere: Host;

function serve(
  answer: (path: string) => { file: string; isOpen?: boolean } | { movedTo: string },
): Promise<Host> {
  const seen: Host['seen'] = [];
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
  const server = createServer({ key, cert }, (request, response) => {
    seen.push(request.headers.authorization);
    const path = normalize(new URL(request.url ?? '/', 'https://x').pathname);
    const found = answer(path);
    if ('movedTo' in found) response.writeHead(302, { Location: `${found.movedTo}${request.url}` }).end();
    else if (!found.isOpen && request.headers.authorization !== `Basic ${basic}`)
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
    else if (existsSync(found.file)) response.end(readFileSync(found.file));
    else response.writeHead(404).end();
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  return once(server, 'listening').then(() => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    return { origin: `https://127.0.0.1:${port}`, seen };
  });
}

/** Repositories as plain files, which git reads by its older protocol. */
beforeAll(async () => {
  folder = client.newDataDir();
  const work = join(folder, 'work');
  mkdirSync(work);
  const run = (program: string, ...args: string[]): unknown =>
    execFileSync(program, args, { cwd: work, stdio: 'ignore' });
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem'), '-days', '2'];
  const subject = ['-nodes', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', ...files, ...subject);
  const git = (...args: string[]): unknown =>
    run('git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args);
  git('init', '-q', '-b', 'main');
  writeFileSync(join(work, 'word'), 'by https\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('clone', '-q', '--bare', '.', join(folder, 'train.git'));
  run('git', '-C', join(folder, 'train.git'), 'update-server-info');
  // git moves on to the host that shows it the branches, and asks that one for the rest.
  elsewhere = await serve((path) => ({
    file: join(folder, path.replace('/moved', '')),
    isOpen: path.endsWith('/info/refs'),
  }));
  repositories = await serve((path) =>
    path.startsWith('/moved') ? { movedTo: elsewhere.origin } : { file: join(folder, path) },
  );
});
afterAll(() => {
  for (const server of servers) server.close();
});
afterEach(() => vi.unstubAllEnvs());

async function run(
  dlc: LocalDlc,
  repository: string,
  CodeRepoAccessToken: string,
): Promise<client.Reply['body']> {
  const id = await addCodeSource(dlc, repository, { CodeRepoUserName: 'me', CodeRepoAccessToken });
  const jobId = await client.createId(dlc, {
    CodeSource: { CodeSourceId: id },
    UserCommand: 'cd "$DLC_LOCAL_ROOT/root/code" && cat word .git/config && env',
  });
  const isOver = async () => /Succeeded|Failed/.test(String(await client.statusOf(dlc, jobId)));
  await expect.poll(isOver, wait).toBe(true);
  return client.read(dlc, jobId);
}

/** All that the local DLC has written and said. */
function writtenBy(dataDir: string, said: string[]): string {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  return [
    ...said,
    ...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')),
  ].join('\n');
}

describe.each(isolations)('a repository behind https, isolation %s,', (kind) => {
  it('is cloned with its token, which appears nowhere', async () => {
    vi.stubEnv('GIT_SSL_CAINFO', join(folder, 'cert.pem'));
    const dataDir = client.newDataDir();
    const said: string[] = [];
    const dlc = await startQuick({ ...optionOf(kind), dataDir, log: (line) => said.push(line) });
    const job = await run(dlc, `${repositories.origin}/train.git`, token);
    expect(job).toMatchObject({ Status: 'Succeeded' });
    const logs = (await client.logsOf(dlc, String(job.JobId))) as string[];
    expect(logs[0]).toBe('by https');
    for (const secret of [token, basic]) {
      expect(JSON.stringify([job, logs])).not.toContain(secret);
      expect(writtenBy(dataDir, said)).not.toContain(secret);
    }
  });

  it('that refuses the token fails the job in words without it', async () => {
    vi.stubEnv('GIT_SSL_CAINFO', join(folder, 'cert.pem'));
    const dataDir = client.newDataDir();
    const said: string[] = [];
    const dlc = await startQuick({ ...optionOf(kind), dataDir, log: (line) => said.push(line) });
    const wrong = 'glpat-of-another-one';
    const job = await run(dlc, `${repositories.origin}/train.git`, wrong);
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'CodeCloneFailed' });
    expect(job.ReasonMessage).toContain('Authentication failed');
    expect(JSON.stringify(job)).not.toContain(wrong);
    expect(writtenBy(dataDir, said)).not.toContain(wrong);
  });

  it('with a certificate that nobody vouches for is not cloned, and learns no token', async () => {
    const dlc = await startQuick(optionOf(kind));
    repositories.seen.length = 0;
    const job = await run(dlc, `${repositories.origin}/train.git`, token);
    expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'CodeCloneFailed' });
    expect(job.ReasonMessage).toMatch(/certificate/i);
    expect(repositories.seen).toEqual([]);
  });
});

it('a token is not told to the host that a repository is moved to', async () => {
  vi.stubEnv('GIT_SSL_CAINFO', join(folder, 'cert.pem'));
  const dlc = await startQuick();
  elsewhere.seen.length = 0;
  const job = await run(dlc, `${repositories.origin}/moved/train.git`, token);
  expect(job).toMatchObject({ Status: 'Failed', ReasonCode: 'CodeCloneFailed' });
  expect(new Set(elsewhere.seen)).toEqual(new Set([undefined]));
});
