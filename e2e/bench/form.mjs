import { setTimeout as pause } from 'node:timers/promises';
import { openPage } from './browser.mjs';
import { median, percentile, ratio, table } from './numbers.mjs';
import { startStatic } from './servers.mjs';

export const title = 'Keystroke to paint';

const roleCount = 20;
const variableCount = 200;
const strokes = 50;
const warmUp = 10;
const fields = [
  { label: 'Environment, value of variable 100', step: 'environment', name: 'Envs.99.value' },
  // The other roles may take the image of the first.
  { label: 'Roles, image of role 1', step: 'roles', name: 'JobSpecs.0.Image' },
  { label: 'Roles, type of role 10', step: 'roles', name: 'JobSpecs.9.Type' },
];

/** `plain` is what the goal speaks of: the same inputs, all of them laid out, and no scripts. */
const pageNames = {
  ours: 'Jobwright',
  plain: 'plain inputs',
  skipping: 'plain inputs, with its content-visibility',
};

export async function run({ jobwright, browser, rounds }) {
  const { storageState, draftId } = await composeBigDraft(browser, jobwright.url);
  const address = (step) => `${jobwright.url}/jobs/new?draft=${draftId}&step=${step}`;
  const pages = new Map();
  for (const step of new Set(fields.map((field) => field.step))) {
    const html = await capture(browser, address(step), { storageState });
    const layOutAll = '<style>* { content-visibility: visible !important; }</style>';
    pages.set(`/plain/${step}`, html.replace('</head>', `${layOutAll}</head>`));
    if (html.includes('content-visibility')) pages.set(`/skipping/${step}`, html);
  }
  const plain = await startStatic(pages, jobwright.url);
  const variants = fields.flatMap((field) => [
    { field, page: 'ours', address: address(field.step), options: { storageState } },
    ...['plain', 'skipping']
      .map((page) => ({ field, page, path: `/${page}/${field.step}` }))
      .filter(({ path }) => pages.has(path))
      .map(({ path, ...variant }) => ({ ...variant, address: plain.url + path })),
  ]);
  for (const variant of variants) variant.rounds = [];
  for (let round = 0; round < rounds; round++)
    for (const variant of variants) variant.rounds.push(await type(browser, variant));
  plain.stop();
  return report(variants);
}

function report(variants) {
  const rows = [
    [
      'Typed into',
      'Page',
      'Median, ms',
      'p98, ms',
      'Work a key, ms',
      'Longest task, ms',
      'Ours: median',
      'Ours: p98',
    ],
  ];
  for (const field of fields) {
    const own = variants.filter((variant) => variant.field === field);
    const [ours] = own.map(summarise);
    for (const variant of own) {
      const seen = summarise(variant);
      const isOurs = variant.page === 'ours';
      rows.push([
        field.label,
        pageNames[variant.page],
        ...[seen.median, seen.p98, seen.work, seen.longest].map((ms) => ms.toFixed(1)),
        isOurs ? '' : ratio(ours.median, seen.median),
        isOurs ? '' : ratio(ours.p98, seen.p98),
      ]);
    }
  }
  return `${table(rows)}\n\n${explain()}`;
}

function explain() {
  return [
    'Goals against plain inputs: median ≤ 1.0×, p98 ≤ 1.4×; no task over 100 ms.',
    `${roleCount} roles and ${variableCount} variables, CPU slowed 4×; ${strokes} keys a round, each from its time stamp to the first task after the next frame.`,
    'Work and longest task are processor time of the main thread, work shared among the keys; both include the rests, in which the draft is kept and checked, and leaving the control.',
    'The plain page is the HTML and CSS of the screen as drawn, without scripts.',
  ].join('\n');
}

function summarise({ rounds }) {
  const over = (pick) => median(rounds.map(pick));
  return {
    median: over(({ delays }) => median(delays)),
    p98: over(({ delays }) => percentile(delays, 0.98)),
    work: over(({ work }) => work),
    longest: over(({ longest }) => longest),
  };
}

/** Types into one control of a fresh page, with rests as a person makes them, and leaves it. */
async function type(browser, { address, field, options }) {
  const { page, devTools, close } = await openPage(browser, options);
  await page.goto(address);
  const control = page.locator(`[name="${field.name}"]`);
  await control.scrollIntoViewIfNeeded();
  await control.click();
  await control.press('End');
  await pause(500);
  // Time of the processor, not of the clock: other programs do not count.
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await pressKeys(page, warmUp);
  await pause(800);
  await page.evaluate(watchStrokes);
  const before = await taskMs(devTools);
  const endTrace = await startTrace(devTools);
  await pressKeys(page, strokes);
  await page.keyboard.press('Tab');
  await pause(800);
  const work = ((await taskMs(devTools)) - before) / strokes;
  const longest = await endTrace();
  const delays = await page.evaluate(() => window.bench);
  await close();
  if (delays.length !== strokes + 1) throw new Error(`${delays.length} strokes were seen at ${address}.`);
  return { delays: delays.slice(0, -1), work, longest };
}

/** Gaps of 60 to 92 ms, so that strokes do not keep step with the frames, and a rest after each ten. */
async function pressKeys(page, count) {
  for (let stroke = 0; stroke < count; stroke++) {
    await page.keyboard.press('abcdefghij'[stroke % 10]);
    await pause(stroke % 10 === 9 ? 600 : 60 + ((stroke * 7) % 33));
  }
}

/** Runs in the page. */
function watchStrokes() {
  window.bench = [];
  const channel = new MessageChannel();
  const waiting = [];
  channel.port1.onmessage = () => window.bench.push(performance.now() - waiting.shift());
  const onKey = ({ timeStamp }) => {
    waiting.push(timeStamp);
    requestAnimationFrame(() => channel.port2.postMessage(undefined));
  };
  window.addEventListener('keydown', onKey, { capture: true });
}

/** Records the tasks of the page; hands back how to end that and learn the processor time of the longest, in ms. */
async function startTrace(devTools) {
  const events = [];
  devTools.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await devTools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  return async () => {
    const ended = new Promise((resolve) => devTools.once('Tracing.tracingComplete', resolve));
    await devTools.send('Tracing.end');
    await ended;
    const thread = ({ pid, tid }) => `${pid} ${tid}`;
    const isPage = ({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain';
    const threads = new Set(events.filter(isPage).map(thread));
    const tasks = events.filter((event) => /RunTask$/.test(event.name) && threads.has(thread(event)));
    if (tasks.length === 0) throw new Error('The browser traced no task of the page.');
    return tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000;
  };
}

async function taskMs(devTools) {
  const { metrics } = await devTools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/** The screen as text: what was typed is written into the elements, scripts are gone. */
async function capture(browser, address, options) {
  const { page, close } = await openPage(browser, options);
  await page.goto(address);
  const controls = page.locator('main :is(input, textarea)');
  await controls.first().waitFor();
  const html = await page.evaluate(() => {
    for (const control of document.querySelectorAll('input, textarea, option')) {
      if (control instanceof HTMLTextAreaElement) control.textContent = control.value;
      else if (control instanceof HTMLOptionElement) control.toggleAttribute('selected', control.selected);
      else control.setAttribute('value', control.value);
      if (control instanceof HTMLInputElement) control.toggleAttribute('checked', control.checked);
    }
    for (const element of document.querySelectorAll('script, link:not([rel=stylesheet])')) element.remove();
    return `<!doctype html>${document.documentElement.outerHTML}`;
  });
  await close();
  return html;
}

/** A draft of the size that is measured, made from one that the page itself kept. */
async function composeBigDraft(browser, url) {
  const { page, close } = await openPage(browser);
  await page.goto(`${url}/jobs/new`);
  await page.getByLabel('Name', { exact: true }).fill('bench');
  await page.getByText('Draft kept in this browser').waitFor();
  const draftId = await page.evaluate(
    ([roles, variables]) => {
      const key = Object.keys(localStorage).find((name) => name.startsWith('jobwright:draft:'));
      const record = JSON.parse(localStorage.getItem(key));
      const { draft } = record;
      const [role] = draft.JobSpecs;
      const filled = { ...role, Image: 'registry.example.com/team/train:1', EcsSpec: 'ecs.g6.large' };
      draft.JobType = 'RayJob';
      draft.UserCommand = 'python train.py';
      draft.JobSpecs = Array.from({ length: roles }, (_, index) => ({
        ...filled,
        Type: index === 0 ? 'Head' : `Worker-${index}`,
      }));
      draft.Envs = Array.from({ length: variables }, (_, index) => ({
        key: `VARIABLE_${index}`,
        value: `value of variable ${index}`,
        rest: {},
      }));
      localStorage.setItem(key, JSON.stringify(record));
      return record.id;
    },
    [roleCount, variableCount],
  );
  const storageState = await page.context().storageState();
  await close();
  return { storageState, draftId };
}
