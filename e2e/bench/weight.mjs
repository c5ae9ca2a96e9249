import { openPage } from './browser.mjs';
import { firstLoadScripts, gzipBytes } from './first-load.mjs';
import { ratio, table } from './numbers.mjs';
import { pairs } from './pairs.mjs';

export const title = 'First-load JavaScript';

export async function run({ jobwright, bare, browser }) {
  const rows = [
    ['Page', 'gzip, bytes', 'Bare page, bytes', 'Ratio', 'Goal', 'Fetched ahead for links, bytes'],
  ];
  for (const [ours, theirs] of pairs) {
    const [mine, base] = [
      await measure(browser, jobwright.url + ours),
      await measure(browser, bare.url + theirs),
    ];
    rows.push([`\`${ours}\``, mine.first, base.first, ratio(mine.first, base.first), '≤ 1.25×', mine.ahead]);
  }
  const note =
    "The scripts a page's HTML names, each compressed with gzip; a fresh browser was seen to load all of them. What Next fetches ahead for visible links comes after.";
  return `${table(rows)}\n\n${note}`;
}

async function measure(browser, address) {
  const named = await firstLoadScripts(address);
  const { page, close } = await openPage(browser);
  const loaded = new Set();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') loaded.add(response.url());
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  await close();
  const missing = named.filter((script) => !loaded.has(script));
  if (missing.length > 0) throw new Error(`${address} names scripts that the browser did not load.`);
  const ahead = [...loaded].filter((script) => !named.includes(script));
  return { first: await gzipBytes(named), ahead: await gzipBytes(ahead) };
}
