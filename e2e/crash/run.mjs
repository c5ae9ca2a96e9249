// `npm run crash [-- --short] [--seed <text>] [--only sqlite|postgres|naive|instances]`: see README.md, “Work on it”.
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const load = (file) => import(pathToFileURL(path.resolve(file)).href);
const { loadTs } = await load('lib/load-ts.mjs');
const { launch } = await load('e2e/bench/browser.mjs');
const { main } = await loadTs('e2e/crash/main.ts');
process.exit(await main(process.argv.slice(2), launch));
