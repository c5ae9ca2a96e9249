// `npm run check`: everything that needs no browser, two at a time, one line each.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = (name) => path.join('node_modules', '.bin', name);

const checks = [
  { name: 'unit tests', commands: [[bin('vitest'), 'run', '--project', 'unit']] },
  {
    name: 'types',
    commands: [
      [bin('next'), 'typegen'],
      [bin('tsc'), '--noEmit'],
    ],
  },
  // Builds first; the browser tests use the same build.
  {
    name: 'JavaScript budget',
    commands: [[process.execPath, fileURLToPath(new URL('./budget.mjs', import.meta.url))]],
  },
  { name: 'lint and format', commands: [[bin('biome'), 'ci', '--colors=off', '--error-on-warnings', '.']] },
  { name: 'unused code', commands: [[bin('knip'), '--no-progress', '--treat-config-hints-as-errors']] },
];

const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
const queue = [...checks];
const failed = [];
await Promise.all([work(), work()]);
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(', ')}.`);
  process.exit(1);
}

async function work() {
  for (let check = queue.shift(); check; check = queue.shift()) await run(check);
}

async function run({ name, commands }) {
  const started = performance.now();
  let output = '';
  let works = true;
  for (const command of commands) {
    const result = await execute(command);
    output += result.output;
    works = result.code === 0;
    if (!works) break;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (works) {
    const count = /Tests\s+(.*)/.exec(output)?.[1];
    console.log(`ok    ${name}, ${seconds} s${count ? `: ${count}` : ''}`);
    return;
  }
  failed.push(name);
  console.log(`FAIL  ${name}, ${seconds} s\n${output}`);
}

function execute([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: { ...env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${error.message}\n` }));
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}
