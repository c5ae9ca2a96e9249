import { type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { type FaultDlc, startFaultDlc } from './fault-dlc';
import { type JobwrightServer, startJobwright } from './server';

export { expect };

const startMs = 300_000;

/** Every console error and policy violation of a page, so that a test fails on what it did not look for. */
function watch(page: Page, noise: string[]) {
  page.on('console', (message) => {
    if (message.type() === 'error') noise.push(`${message.text()} ${message.location().url}`.trim());
  });
  page.on('pageerror', (error) => noise.push(String(error)));
}

type Cloud = JobwrightServer & { dlc: FaultDlc };

const hastyLifeMs = 2_000;

async function serveCloud(use: (cloud: Cloud) => Promise<void>, signatureLifeMs?: number): Promise<void> {
  const dlc = await startFaultDlc();
  if (signatureLifeMs) dlc.signatureLifeMs = signatureLifeMs;
  const server = await startJobwright({
    DLC_ENDPOINT: dlc.endpoint,
    ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAItestkeyid000000',
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'test-secret-of-the-key',
    JOBWRIGHT_POLL_ACTIVE_MS: '1000',
    JOBWRIGHT_POLL_WAITING_MS: '1000',
    JOBWRIGHT_POLL_LIST_MS: '1000',
    ...(signatureLifeMs ? { DLC_SIGNATURE_LIFE_MS: String(signatureLifeMs) } : {}),
  });
  await use({ ...server, dlc });
  await server.dispose();
  await dlc.close();
}

/** As new, except for how long its signatures live. */
export function reset(dlc: FaultDlc): void {
  const calm = { mode: 'ok', otherMode: 'ok', tagsFilter: 'works', listing: 'ok' } as const;
  Object.assign(dlc, { ...calm, listLagMs: 0, slowMs: 500, clockOffsetMs: 0, onRequest: () => {} });
  dlc.requests.length = 0;
  dlc.jobs.length = 0;
}

type WorkerFixtures = {
  /** Jobwright on its local DLC. */
  local: JobwrightServer;
  /** Jobwright sent to the fault-injecting DLC as to a cloud. */
  cloud: Cloud;
  /** The same with a DLC whose signatures live two seconds: what is absent is absent soon. */
  hasty: Cloud;
};

type TestFixtures = {
  /** What the browser complained of; a test that provokes a complaint takes it out. */
  noise: string[];
  /** The fault-injecting DLC behind `cloud`, as new. */
  dlc: FaultDlc;
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  local: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it needs from here
    async ({}, use) => {
      const server = await startJobwright();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: startMs },
  ],
  cloud: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it needs from here
    async ({}, use) => serveCloud(use),
    { scope: 'worker', timeout: startMs },
  ],
  hasty: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures it needs from here
    async ({}, use) => serveCloud(use, hastyLifeMs),
    { scope: 'worker', timeout: startMs },
  ],
  dlc: async ({ cloud }, use) => {
    const { dlc } = cloud;
    reset(dlc);
    await use(dlc);
  },
  noise: [
    async ({ context }, use) => {
      const noise: string[] = [];
      context.on('page', (page) => watch(page, noise));
      await use(noise);
      expect(noise, 'console errors and policy violations').toEqual([]);
    },
    { auto: true },
  ],
});

/** Takes out the complaint a test provokes; fails where it did not come. */
export function expectNoise(noise: string[], pattern: RegExp): void {
  const kept = noise.filter((line) => !pattern.test(line));
  expect(kept.length, `nothing complained of ${pattern}`).toBeLessThan(noise.length);
  noise.splice(0, noise.length, ...kept);
}

/** Another person's browser: nothing of the first is in it, and its complaints count too. */
export async function secondBrowser(page: Page, noise: string[]): Promise<BrowserContext> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  const context = await browser.newContext({ locale: 'en-GB' });
  context.on('page', (opened) => watch(opened, noise));
  return context;
}

/** Holds the answers to CreateJob back until `release` is called. */
export function holdCreateJob(dlc: FaultDlc) {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const arrived = new Promise<void>((resolve) => {
    dlc.onRequest = async ({ action }) => {
      if (action !== 'CreateJob') return;
      resolve();
      await released;
    };
  });
  return { arrived, release };
}
