import type { Browser } from 'playwright';
import { ask } from '@/e2e/ask';
import { composeSmallJob, submit } from '@/e2e/compose';

/** What the browser sends when Submit is pressed, for other submissions too. */
export type FormPost = {
  /** The submission that the browser itself made. */
  id: string;
  /** Presses Submit at an instance; rejects where the instance goes away before it answers. */
  send(
    url: string,
    id: string,
    name: string,
  ): Promise<{ state: string; jobId: string | undefined } | undefined>;
};

const headersOfActions = ['accept', 'content-type', 'next-action', 'next-router-state-tree'];

/** Fills in the form once, in a real browser, and keeps the request. */
export async function captureFormPost(browser: Browser, url: string): Promise<FormPost> {
  const name = 'crash-form';
  const page = await browser.newPage({ locale: 'en-GB' });
  await composeSmallJob(page, url, { name });
  const [request] = await Promise.all([
    page.waitForRequest(
      (one) => one.headers()['next-action'] !== undefined && (one.postData() ?? '').includes(name),
    ),
    submit(page),
  ]);
  await page.waitForURL(/\/(jobs|submissions)\/(?!new)/);
  const body = request.postData() ?? '';
  const given = request.headers();
  const { pathname, search } = new URL(request.url());
  await page.close();
  const id = /[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/.exec(body)?.[0];
  if (!id) throw new Error('The form sent no submission id.');
  return {
    id,
    async send(to, otherId, otherName) {
      const headers = Object.fromEntries(headersOfActions.map((one) => [one, given[one] ?? '']));
      const { text } = await ask(to, pathname + search, {
        method: 'POST',
        headers: { ...headers, origin: to },
        body: body.replaceAll(id, otherId).replaceAll(name, otherName),
      });
      const state = /"state":"([a-z-]+)"/.exec(text)?.[1];
      if (!state) return undefined;
      return { state, jobId: /"jobId":"([^"]+)"/.exec(text)?.[1] };
    },
  };
}
