import { setTimeout as pause } from 'node:timers/promises';
import { openPage } from './browser.mjs';
import { median, ratio, table } from './numbers.mjs';
import { pairs } from './pairs.mjs';

export const title = 'Largest contentful paint';

const jobCount = 3;
const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: 1.6e6 / 8,
  uploadThroughput: 750e3 / 8,
};

export async function run({ jobwright, bare, browser, rounds }) {
  await submitStarters(browser, jobwright.url);
  const pages = pairs.flatMap(([ours, theirs]) => [jobwright.url + ours, bare.url + theirs]);
  const seen = new Map(pages.map((address) => [address, []]));
  // The first answers of a server are slow and counted nowhere.
  for (const address of pages) await measure(browser, address);
  for (let round = 0; round < rounds; round++)
    for (const address of pages) seen.get(address).push(await measure(browser, address));

  const rows = [['Page', 'LCP, ms', 'Bare page, ms', 'Ratio', 'Goal', 'What was painted']];
  for (const [ours, theirs] of pairs) {
    const mine = seen.get(jobwright.url + ours);
    const base = seen.get(bare.url + theirs);
    const [a, b] = [mine, base].map((paints) => median(paints.map(({ ms }) => ms)));
    rows.push([`\`${ours}\``, a.toFixed(0), b.toFixed(0), ratio(a, b), '≤ 1.25×', mine.at(-1).text]);
  }
  const note = `Cold cache, CPU slowed 4×, 1.6 Mbit/s down with 150 ms a request; the list shows ${jobCount} jobs, as the bare one does.`;
  return `${table(rows)}\n\n${note}`;
}

async function measure(browser, address) {
  const { page, devTools, close } = await openPage(browser);
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', slowNetwork);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(address, { waitUntil: 'load' });
  await page.getByRole('textbox').or(page.getByRole('table')).first().waitFor();
  await pause(1000);
  const paint = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const last = list.getEntries().at(-1);
          // An element that was drawn anew since is no longer known.
          const text = last.element?.textContent.trim().slice(0, 40);
          resolve({ ms: last.startTime, text: text === undefined ? '–' : `“${text}”` });
        }).observe({ type: 'largest-contentful-paint', buffered: true });
      }),
  );
  await close();
  return paint;
}

/** Jobs for the list, run to their end, so that they take no processor from what is measured. */
async function submitStarters(browser, url) {
  const { page, close } = await openPage(browser);
  for (let job = 0; job < jobCount; job++) {
    await page.goto(`${url}/jobs/new?starter=1`);
    await page.getByRole('button', { name: 'Review', exact: true }).last().click();
    await page.getByRole('button', { name: 'Submit job' }).click();
    await page.waitForURL(/\/jobs\/dlc/);
  }
  await page.goto(`${url}/jobs`);
  await page
    .getByRole('cell', { name: 'Succeeded' })
    .nth(jobCount - 1)
    .waitFor({ timeout: 120_000 });
  await close();
}
