// The thread of ledger-worker.ts as the tests start it, which have no build.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { loadTs } = await import(pathToFileURL(path.resolve('lib/load-ts.mjs')).href);
await loadTs('lib/server/ledger-worker.ts');
