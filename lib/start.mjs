// `npm start`: builds when the sources are not those of a build we have, then serves. `--dev`: the same with Next in development.
import { EventEmitter } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { loadTs } from './load-ts.mjs';

const begunAt = performance.now();
const require = createRequire(import.meta.url);
const isDev = process.argv.includes('--dev');

process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.NODE_ENV = isDev ? 'development' : 'production';

requireNode();
const env = await preflight();
const { host, port } = env;
await requireFreePort(host, port);
if (env.ops.port !== undefined) await requireFreePort(env.ops.host, env.ops.port, 'JOBWRIGHT_OPS_');
if (!isDev) process.env.JOBWRIGHT_BUILD = (await build()) ?? stop('The build failed; its output is above.');
await serve();

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Jobwright needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
}

/** What is wrong is said before a minute of building. */
async function preflight() {
  const checks = await loadTs('lib/server/preflight.ts');
  const checked = await checks.preflight(process.env);
  return checked.ok ? checked.value : stop(checked.problem);
}

async function requireFreePort(host, port, prefix) {
  const error = await new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
  if (error) stop(describeListenFault(error.code, host, port, prefix));
}

function describeListenFault(code, host, port, prefix = '') {
  const names = { port: `${prefix}PORT`, host: `${prefix || 'JOBWRIGHT_'}HOST` };
  const elsewhere = `${names.host} is ${host}, which is no address of this machine (${code}).`;
  const reasons = {
    EADDRINUSE: `Port ${port} on ${host} is in use: stop the program that holds it, or set ${names.port} to another.`,
    EACCES: `Port ${port} is not open to this user: set ${names.port} to a number above 1023.`,
    EADDRNOTAVAIL: elsewhere,
    ENOTFOUND: elsewhere,
    EAI_AGAIN: elsewhere,
  };
  return reasons[code] ?? `Jobwright cannot listen on ${host}, port ${port}: ${code}.`;
}

/** Next behind a server of ours: it listens only once everything has started, and sees every request first. */
async function serve() {
  const { newFront } = await loadTs('lib/server/front.ts');
  const { styleHashes } = await loadTs('lib/server/style-hashes.ts');
  const { answerOps } = await loadTs('lib/server/ops.ts');
  const { log } = await loadTs('lib/server/log.ts');
  const { serveUntilStop } = await loadTs('lib/server/drain.ts');
  const started = new Promise((resolve) => {
    globalThis[Symbol.for('jobwright.started')] = resolve;
  });
  const next = require('next');
  const server = http.createServer();
  // Given the real server, Next takes upgrades on it: in development it tells the pages of changes that way.
  const app = next({ dev: isDev, hostname: host, port, httpServer: isDev ? server : new EventEmitter() });
  await app.prepare();
  await started;
  const handle = app.getRequestHandler();
  const front = newFront(env, { isDev, styles: isDev ? [] : styleHashes(process.env.JOBWRIGHT_BUILD) });
  server.on('request', async (request, response) => {
    // Before the Host check: probes come by an IP address. Where they are not public it answers nothing.
    if (answerOps(request, response)) return;
    try {
      if (!(await front(request, response))) await handle(request, response);
    } catch (error) {
      log().error('A request failed.', { error });
      response.destroy();
    }
  });
  serveUntilStop(server);
  server.once('error', (error) => stop(describeListenFault(error.code, host, port)));
  server.listen(port, host, () => {
    const name = ['0.0.0.0', '0', '::'].includes(host) ? 'localhost' : host;
    const url = env.origin?.origin ?? `http://${net.isIPv6(name) ? `[${name}]` : name}:${port}`;
    console.log(`Ready in ${((performance.now() - begunAt) / 1000).toFixed(1)} s: ${url}`);
  });
}
