import { setTimeout as pause } from 'node:timers/promises';
import { openPage } from './browser.mjs';
import { median, ratio, table } from './numbers.mjs';
import { pairs } from './pairs.mjs';
import { startStatic } from './servers.mjs';

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
  const elsewhere = await startStatic(new Map([['/', '<link rel="icon" href="data:,"><p>A link']]), bare.url);
  // Another site than the pages', which are at 127.0.0.1.
  const starts = {
    'an empty tab': undefined,
    'another site': elsewhere.url.replace('127.0.0.1', 'localhost'),
  };
  const visits = Object.entries(starts).flatMap(([start, from]) =>
    pairs.map(([ours, theirs]) => ({
      ours,
      start,
      mine: { from, address: jobwright.url + ours, paints: [] },
      base: { from, address: bare.url + theirs, paints: [] },
    })),
  );
  const pages = visits.flatMap(({ mine, base }) => [mine, base]);
  // The first answers of a server are slow and counted nowhere.
  for (const page of pages) await measure(browser, page);
  for (let round = 0; round < rounds; round++)
    for (const page of pages) page.paints.push(await measure(browser, page));
  elsewhere.stop();

  const rows = [['Page', 'Opened from', 'LCP, ms', 'Bare page, ms', 'Ratio', 'Goal', 'What was painted']];
  for (const { ours, start, mine, base } of visits) {
    const [a, b] = [mine, base].map(({ paints }) => median(paints.map(({ ms }) => ms)));
    const painted = mine.paints.at(-1)?.text ?? '';
    rows.push([`\`${ours}\``, start, a.toFixed(0), b.toFixed(0), ratio(a, b), '≤ 1.25×', painted]);
  }
  const note = `Cold cache, CPU slowed 4×, 1.6 Mbit/s down with 150 ms a request; the list shows ${jobCount} jobs, as the bare one does. Another site: a page at localhost, where both are at 127.0.0.1; Jobwright's Cross-Origin-Opener-Policy takes a new process either way.`;
  return `${table(rows)}\n\n${note}`;
}

async function measure(browser, { from, address }) {
  const { page, devTools, close } = await openPage(browser);
  if (from !== undefined) await page.goto(from);
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
