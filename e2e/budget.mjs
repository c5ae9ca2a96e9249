// Fails when the JavaScript of a first visit has grown past e2e/budget.json by more than a twentieth.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { firstLoadScripts, gzipBytes } from './bench/first-load.mjs';
import { startJobwright } from './bench/servers.mjs';

const budget = JSON.parse(readFileSync(path.join(import.meta.dirname, 'budget.json'), 'utf8'));
const growth = 1.05;

const server = await startJobwright();
try {
  for (const [page, planned] of Object.entries(budget)) {
    const bytes = await gzipBytes(await firstLoadScripts(server.url + page));
    const percent = ((bytes / planned - 1) * 100).toFixed(1);
    console.log(`${page}: ${bytes} bytes of gzip, budget ${planned}, difference ${percent} %.`);
    if (bytes <= planned * growth) continue;
    console.error(
      `The first-load JavaScript of ${page} is more than 5 % over its budget: load later what came, or raise the budget in e2e/budget.json and say why.`,
    );
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}
