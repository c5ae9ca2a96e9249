// Runs the local DLC as a process of its own, for tests and benchmarks: `node lib/serve-local-dlc.mjs '<options as JSON>'`.
// Writes one line, its endpoint and key as JSON, once it answers; ends with its standard input.
import { loadTs } from './load-ts.mjs';

const { startLocalDlc } = await loadTs('lib/local-dlc/start.ts');
const log = (line) => process.stderr.write(`${line}\n`);
const dlc = await startLocalDlc({ ...JSON.parse(process.argv[2] ?? '{}'), log });
process.stdout.write(`${JSON.stringify(dlc)}\n`);
process.stdin.resume().on('close', () => process.exit(0));
