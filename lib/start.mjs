// `npm start`: builds when the sources are not those of a build we have, then serves. `--dev`: next dev.
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const isDev = process.argv.includes('--dev');
const host = process.env.JOBWRIGHT_HOST?.trim() || '127.0.0.1';
const port = process.env.PORT?.trim() || '3000';

process.chdir(root);
process.env.NEXT_TELEMETRY_DISABLED = '1';

requireNode();
await requireFreePort();
if (!isDev) {
  process.env.JOBWRIGHT_BUILD = (await build()) ?? stop('The build failed; its output is above.');
  // instrumentation.ts stops the server: it lets submissions under way finish first.
  process.env.NEXT_MANUAL_SIG_HANDLE = '1';
}
serve();

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(`Jobwright needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
}

/** Next would build first and then fail with a stack trace. All else about the environment is checked as it starts. */
async function requireFreePort() {
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    stop('PORT must be a whole number from 1 to 65535.');
  }
  const error = await new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen({ host, port: Number(port), exclusive: true }, () =>
      server.close(() => resolve(undefined)),
    );
  });
  if (!error) return;
  const reasons = {
    EADDRINUSE: `Port ${port} on ${host} is in use: stop the program that holds it, or set PORT to another.`,
    EACCES: `Port ${port} is not open to this user: set PORT to a number above 1023.`,
  };
  stop(reasons[error.code] ?? `Jobwright cannot listen on ${host}, port ${port}: ${error.code}.`);
}

/** In this process, so that signals and the exit code need no forwarding. */
function serve() {
  process.argv = [process.argv[0], 'next', isDev ? 'dev' : 'start', '-H', host, '-p', port];
  createRequire(import.meta.url)('next/dist/bin/next');
}
