import fs from 'node:fs';
import { chromium } from '@playwright/test';

/** Playwright's own browser where it was installed, else one of the system, as in playwright.config.ts. */
export function launch() {
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const own = chromium.executablePath();
  const executablePath = fs.existsSync(own) ? own : system.find((file) => fs.existsSync(file));
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args });
}

/** A page in a context of its own, so that nothing is cached, and its DevTools session. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  return { page, devTools: await context.newCDPSession(page), close: () => context.close() };
}
