// `npm run bench [-- --only <section>] [--rounds <n>]`: measures Jobwright against bare pages, in turns, in one run.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from './browser.mjs';
import * as form from './form.mjs';
import * as lcp from './lcp.mjs';
import * as local from './local.mjs';
import * as recovery from './recovery.mjs';
import { startBare, startJobwright } from './servers.mjs';
import * as submit from './submit.mjs';
import * as weight from './weight.mjs';

/** Each is `{ title, run(context) }`; `run` answers with Markdown. One that `isAlone` needs no pages to measure. */
const sections = { weight, form, lcp, local, submit, recovery };
const results = path.join(import.meta.dirname, 'results.md');

const { values } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '5' } },
});
const rounds = Number(values.rounds);
const names = values.only === undefined ? Object.keys(sections) : [values.only];
if (names.some((name) => !(name in sections)) || !(rounds >= 1)) {
  console.error(`--only takes one of ${Object.keys(sections).join(', ')}; --rounds a number.`);
  process.exit(1);
}

const stops = [];
try {
  const pages = names.every((name) => sections[name].isAlone) ? {} : await startPages();
  const parts = pages.browser ? [`# Jobwright's speed\n\n${describeVersions(pages.browser)}`] : [];
  for (const name of names) {
    const { title, run } = sections[name];
    console.error(`Measuring: ${title}`);
    parts.push(`## ${title}\n\n${await run({ ...pages, rounds })}`);
  }
  const report = `${parts.join('\n\n')}\n`;
  console.log(report);
  // Ratios hold within one run: a part of the pages' run replaces nothing, one that stands alone its own part.
  if (values.only === undefined) writeFileSync(results, report);
  else if (!pages.browser) writeFileSync(results, withPart(readFileSync(results, 'utf8'), report));
} finally {
  await Promise.all(stops.map((stop) => stop()));
}

async function startPages() {
  const jobwright = await startJobwright();
  stops.push(jobwright.stop);
  const bare = await startBare();
  stops.push(bare.stop);
  const browser = await launch();
  stops.push(() => browser.close());
  return { jobwright, bare, browser };
}

/** The report with the part that bears the same title replaced, or with one more at its end. */
function withPart(report, part) {
  const [title] = part.split('\n');
  const parts = report.split(/^(?=## )/m);
  const at = parts.findIndex((each) => each.startsWith(`${title}\n`));
  const kept = parts.map((each) => each.trimEnd());
  return `${(at < 0 ? [...kept, part.trimEnd()] : kept.with(at, part.trimEnd())).join('\n\n')}\n`;
}

function describeVersions(browser) {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const libraries = ['next', 'react', 'react-hook-form', 'zod'].map(
    (name) => `${name} ${dependencies[name]}`,
  );
  const facts = [...libraries, `Node.js ${process.versions.node}`, `Chromium ${browser.version()}`];
  return `\`npm run bench\` wrote this: each page in turn, ${rounds} rounds, medians over the rounds. What counts are the ratios.\n\n${facts.join(' · ')}`;
}
