// `node capture.mjs <address of Jobwright>`: writes as JSON the request that Chromium sends for the filled form; it does
// not arrive. A process of its own: where Playwright has run, Node follows every promise.
import { launch, openPage } from './browser.mjs';

const browser = await launch();
try {
  const { page } = await openPage(browser);
  const posted = new Promise((resolve) => {
    page.route('**/jobs/new*', (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      resolve(route.request());
      return route.abort();
    });
  });
  await page.goto(`${process.argv[2]}/jobs/new?starter=1`);
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Submit job' }).click();
  const request = await posted;
  const { 'next-action': action, ...headers } = await request.allHeaders();
  const { pathname, search } = new URL(request.url());
  process.stdout.write(
    JSON.stringify({ headers, action, path: `${pathname}${search}`, body: request.postData() }),
  );
} finally {
  await browser.close();
}
