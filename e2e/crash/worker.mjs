// One instance of the ledger, without pages around it: takes orders on its standard input, one JSON a line. Arguments:
// its options as JSON, and how far its clock is off, in milliseconds.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [options, offset] = process.argv.slice(2);
const offsetMs = Number(offset);
if (offsetMs !== 0) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + offsetMs);
      else super(...given);
    }
    static now() {
      return RealDate.now() + offsetMs;
    }
  };
}
const { loadTs } = await import(pathToFileURL(path.resolve('lib/load-ts.mjs')).href);
const { work } = await loadTs('e2e/crash/worker.ts');
await work(JSON.parse(options));
