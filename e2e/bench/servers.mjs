import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '..', '..');
const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

const bareFiles = [
  new URL('./bare/next.config.mjs', import.meta.url),
  new URL('./bare/instrumentation.ts', import.meta.url),
  new URL('./bare/app/layout.tsx', import.meta.url),
  new URL('./bare/app/bare.css', import.meta.url),
  new URL('./bare/app/form/page.tsx', import.meta.url),
  new URL('./bare/app/form/bare-form.tsx', import.meta.url),
  new URL('./bare/app/list/page.tsx', import.meta.url),
  new URL('./bare/app/action/page.tsx', import.meta.url),
];

/** Jobwright as `npm start` starts it, on a free port with data of its own; `variables` as in the README. */
export async function startJobwright(variables = {}) {
  const dataDir = fs.mkdtempSync(path.join(tmpdir(), 'jobwright-bench-'));
  const port = await freePort();
  const env = { PORT: String(port), JOBWRIGHT_DATA_DIR: dataDir, ...variables };
  const stop = await start([path.join('lib', 'start.mjs')], env);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The bare app of ./bare, built by the same Next with the same libraries. */
export async function startBare() {
  const folder = await buildBare();
  const port = await freePort();
  const stop = await start([next, 'start', folder, '-H', '127.0.0.1', '-p', String(port)], {});
  return { url: `http://127.0.0.1:${port}`, stop };
}

/** Pages as text, without scripts; what they link to comes from `origin`. */
export async function startStatic(pages, origin) {
  const server = http.createServer(async (request, response) => {
    const html = pages.get(request.url);
    if (html !== undefined) return response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    const linked = await fetch(new URL(request.url, origin));
    response.setHeader('content-type', linked.headers.get('content-type') ?? 'text/plain');
    response.end(Buffer.from(await linked.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}

async function buildBare() {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')));
  for (const file of bareFiles) hash.update(fs.readFileSync(file));
  const bench = path.join(root, '.next', 'bench');
  const folder = path.join(bench, hash.digest('hex').slice(0, 16));
  const done = path.join(folder, 'bench-complete');
  if (fs.existsSync(done)) return folder;
  fs.rmSync(bench, { recursive: true, force: true });
  for (const file of bareFiles) {
    const target = path.join(
      folder,
      path.relative(path.join(import.meta.dirname, 'bare'), fileURLToPath(file)),
    );
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(file, target);
  }
  // Next writes a package.json into .next that calls everything below it CommonJS.
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  console.error('Building the bare app.');
  const child = spawn(process.execPath, [next, 'build', folder, '--experimental-build-mode', 'compile'], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error('The bare app does not build; the output is above.');
  fs.writeFileSync(done, '');
  return folder;
}

/** Settles when the server says it is ready; hands back how to stop it. */
async function start(args, variables) {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...variables };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  await new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      if (/Ready in/.test(output)) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', read);
    ended.then((code) => reject(new Error(`The server ended with ${code}:\n${output}`)));
  });
  // Its log is taken off it, as a log's collector would, at no cost to what is measured here.
  for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners('data').resume();
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
