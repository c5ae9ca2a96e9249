import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = process.cwd();

/** May be seen and called by someone who has not signed in. */
const openFiles = [
  'app/actions.ts',
  'app/sign-in/page.tsx',
  'app/sign-in/actions.ts',
  'app/healthz/route.ts',
  'app/readyz/route.ts',
  'app/schema/create-job.json/route.ts',
];

/** What stands in the way of a file of ours: [] where it keeps the rules of the one wrapper. */
function findGaps(file: string, source: string): string[] {
  const gaps: string[] = [];
  const name = file.split('/').at(-1) ?? '';
  const [stem = '', ...rest] = name.split('.');
  const extension = rest.join('.');
  const exported = [...source.matchAll(/^[ \t]*export\s+(?!type\b|interface\b)(.*)$/gm)].map(
    (match) => match[1] ?? '',
  );
  const only = (...allowed: RegExp[]) => {
    for (const line of exported) {
      if (!allowed.some((pattern) => pattern.test(line))) gaps.push(`exports past the wrapper: ${line}`);
    }
  };

  const isAction = /(^|[;{}\s])(['"`])use server\2/.test(source);
  if (isAction && !/^app\/(.+\/)?actions\.ts$/.test(file)) gaps.push("'use server' belongs in an actions.ts");
  if (isAction && !/^\s*'use server';\n/.test(source)) gaps.push("'use server' belongs on the first line");
  if (!file.startsWith('app/')) return gaps;
  if (
    /guard(Page|Metadata|Action|Read)\b/.test(source.replace(importOfEntry, '')) &&
    !importOfEntry.test(source)
  ) {
    gaps.push('the wrapper is not that of @/lib/server/entry');
  }
  if (/\bsignedOut\b/.test(source) && !openFiles.includes(file)) {
    gaps.push('is open to those who have not signed in');
  }

  if (stem === 'page') {
    only(
      /^default guardPage\(/,
      /^const generateMetadata = guardMetadata\(/,
      // Without parameters it cannot tell anything of a job.
      /^async function generateMetadata\(\): Promise<Metadata> \{$/,
      /^const metadata: Metadata = \{/,
      /^const dynamic = 'force-dynamic';$/,
    );
    if (exported.filter((line) => line.startsWith('default')).length !== 1)
      gaps.push('has no one default export');
    if (extension !== 'tsx') gaps.push('a page is a page.tsx');
  } else if (stem === 'route') {
    only(/^const GET = guardRead\(/, /^const dynamic = 'force-dynamic';$/);
    if (extension !== 'ts') gaps.push('a handler is a route.ts');
  } else if (stem === 'actions') {
    only(/^const \w+ = guardAction\(/);
  } else {
    if (executable.has(stem) && extension !== 'css') gaps.push('Next would run it without the wrapper');
    const imported = [...source.matchAll(/(?:from|import|import\() ?'([^']+)'/g)].map(
      (match) => match[1] ?? '',
    );
    // Shared by pages and handlers, reached through them alone.
    const isHelper = !unguarded.has(stem);
    const reads = imported.filter((name) => /^@\/lib\/server\/(?!reader$|where$)|^\.|^@\/app\//.test(name));
    const harmless = /^\.\/(actions|globals\.css)$/;
    if (!isHelper && reads.some((name) => !harmless.test(name)))
      gaps.push('could read jobs without the wrapper');
    const isServerOnly = /^import 'server-only';/.test(source);
    if (isHelper && /@\/lib\/server\//.test(source) && !isServerOnly) gaps.push("lacks import 'server-only'");
  }
  return gaps;
}

const importOfEntry = /^import \{[^}]*\} from '@\/lib\/server\/entry';$/m;

/** What Next renders around or instead of a page, whoever asks. */
const unguarded = new Set([
  'layout',
  'loading',
  'error',
  'global-error',
  'not-found',
  'forbidden',
  'unauthorized',
]);

const executable = new Set([
  'default',
  'template',
  'sitemap',
  'robots',
  'manifest',
  'icon',
  'apple-icon',
  'opengraph-image',
  'twitter-image',
  'favicon',
]);

describe('pages, actions and handlers go through lib/server/entry.ts', () => {
  const folders = ['app', 'components', 'lib'].filter((folder) => fs.existsSync(join(root, folder)));
  const files = folders.flatMap((folder) =>
    fs
      .readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter(
        (entry) =>
          entry.isFile() && /\.(?:[cm]?[jt]sx?)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name),
      )
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );

  it.each(files)('%s', (file) => {
    expect(findGaps(file, fs.readFileSync(join(root, file), 'utf8'))).toEqual([]);
  });

  it('leaves no other way in', () => {
    const others = ['pages', 'src', 'proxy.ts', 'middleware.ts', 'middleware.js', 'server.js'];
    expect(others.filter((name) => fs.existsSync(join(root, name)))).toEqual([]);
  });

  const entry = (name: string) => `import { ${name} } from '@/lib/server/entry';\n`;
  it.each([
    ['app/x/page.tsx', 'export default async function Page() { return null; }'],
    ['app/x/page.tsx', 'const Page = guardPage(show);\nexport default Page;'],
    ['app/x/page.tsx', "import { guardPage } from './mine';\nexport default guardPage(show);"],
    ['app/x/page.tsx', `${entry('guardPage')}export { default } from './other';`],
    ['app/x/page.tsx', `${entry('guardPage')}export default guardPage(show, { signedOut: true });`],
    [
      'app/x/page.tsx',
      `${entry('guardPage')}export default guardPage(show);\nexport async function generateMetadata({ params }) {}`,
    ],
    ['app/x/page.jsx', `${entry('guardPage')}export default guardPage(show);`],
    ['app/api/x/route.ts', 'export async function GET() { return new Response(); }'],
    ['app/api/x/route.ts', `${entry('guardRead')}export const POST = guardRead(run);`],
    [
      'app/api/x/route.ts',
      `${entry('guardRead')}export const GET = guardRead(run);\nexport * from './more';`,
    ],
    ['app/api/x/route.js', `${entry('guardRead')}export const GET = guardRead(run);`],
    ['app/x/actions.ts', "'use server';\nexport async function stop() {}"],
    [
      'app/x/actions.ts',
      `'use server';\n${entry('guardAction')}export const a = guardAction(p, r);\nexport { b };`,
    ],
    ['app/x/panel.tsx', "async function stop() { 'use server'; }"],
    ['components/job/stop.ts', "'use server';\nexport const stop = 1;"],
    ['lib/server/stop.ts', "'use server';\nexport const stop = 1;"],
    ['app/sitemap.ts', 'export default () => [];'],
    ['app/layout.tsx', "import { services } from '@/lib/server/services';"],
    ['app/jobs/layout.tsx', "import { readJob } from './reads';"],
    ['app/jobs/not-found.tsx', "const { readJob } = await import('@/app/jobs/reads');"],
    ['app/jobs/reads.ts', "import { services } from '@/lib/server/services';"],
  ])('finds a gap in %s: %s', (file, source) => {
    expect(findGaps(file, source)).not.toEqual([]);
  });
});

describe('imports keep to the walls of biome.json', () => {
  let folder = '';
  beforeAll(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'jobwright-walls-'));
    fs.copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [index, [, file, source]] of planted.entries()) {
      const path = join(folder, name(file, index));
      fs.mkdirSync(dirname(path), { recursive: true });
      fs.writeFileSync(path, `${source}\n`);
    }
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const name = (file: string, index: number) => file.replace(/\bx\d*\./, `x${index}.`);
  const planted = [
    ['refused', 'components/job-form/x.ts', "import { a } from '../ui/b';"],
    ['refused', 'components/job-form/x.ts', "import { a } from './c/../../b';"],
    ['refused', 'components/job-form/x.ts', "import { a } from '@/components/job-list/b';"],
    ['refused', 'components/job-form/x.ts', "import { a } from '@/lib/server/env';"],
    ['refused', 'components/job-form/x.ts', "import type { a } from '@/lib/server/env';"],
    ['refused', 'components/job-form/x.ts', "export { a } from '@/lib/server/env';"],
    ['refused', 'components/job-form/x.ts', "export const a = import('@/lib/server/env');"],
    ['refused', 'components/job-form/x.ts', "import '@/lib/server/env';"],
    ['refused', 'components/job-form/x.ts', "import { a } from '@/app/jobs/actions';"],
    ['refused', 'components/job-form/x.ts', "import { a } from '@/lib/local-dlc/start';"],
    ['allowed', 'components/job-form/x.ts', "import { a } from './b';"],
    ['allowed', 'components/job-form/x.ts', "import { a } from '@/components/ui/b';"],
    ['allowed', 'components/job-form/x.ts', "import { a } from '@/components/job/b';"],
    ['allowed', 'components/job-form/x.ts', "import { a } from '@/lib/dlc/job';"],
    ['refused', 'components/ui/x.ts', "import { a } from '@/components/job/b';"],
    ['refused', 'components/job/x.ts', "import { a } from '@/components/job-form/b';"],
    ['allowed', 'components/job/x.ts', "import { a } from '@/components/ui/b';"],
    ['refused', 'lib/dlc/x.ts', "import { a } from 'react';"],
    ['refused', 'lib/dlc/x.ts', "import { a } from 'next/headers';"],
    ['refused', 'lib/dlc/x.ts', "import { a } from 'node:fs';"],
    ['refused', 'lib/dlc/x.ts', "import { a } from '@/lib/i18n/text';"],
    ['allowed', 'lib/dlc/x.ts', "import { a } from '@/lib/result';"],
    ['allowed', 'lib/dlc/x.ts', "import * as z from 'zod';"],
    ['allowed', 'lib/dlc/x.test.ts', "import { a } from 'vitest';"],
    ['refused', 'lib/interchange/x.ts', "import { a } from 'react';"],
    ['allowed', 'lib/interchange/x.ts', "import { a } from '@/lib/dlc/job';"],
    ['refused', 'lib/form/x.ts', "import { a } from '@/lib/server/env';"],
    ['refused', 'lib/form/x.ts', "import { a } from '@/components/ui/b';"],
    ['refused', 'lib/server/x.ts', "import { a } from '@/components/ui/b';"],
    ['refused', 'lib/server/x.ts', "import { a } from '@/app/b';"],
    ['refused', 'lib/server/x.ts', "import { a } from '@/lib/local-dlc/start';"],
    ['allowed', 'lib/server/x.ts', "import { a } from '@/lib/dlc/job';"],
    ['refused', 'lib/local-dlc/x.ts', "import { a } from '@/lib/server/sign';"],
    ['refused', 'lib/local-dlc/x.ts', "import { a } from '@/lib/dlc/create-job';"],
    ['allowed', 'lib/local-dlc/x.ts', "import { a } from '@/lib/local-dlc/runner/b';"],
    ['refused', 'app/jobs/x.tsx', "import { a } from '@/lib/local-dlc/start';"],
    ['refused', 'app/jobs/x.tsx', "import { z } from 'zod';"],
    ['refused', 'app/jobs/x.tsx', "import z from 'zod';"],
    ['allowed', 'app/jobs/x.tsx', "import { a } from '@/lib/server/entry';"],
    ['allowed', 'e2e/x.ts', "import { a } from '@/lib/local-dlc/start';"],
    ['refused', 'e2e/x.ts', "import { a } from '../lib/local-dlc/start';"],
  ] as const;

  it('refuses each planted import that crosses one, and no other', () => {
    const biome = resolve(root, 'node_modules/.bin/biome');
    const rule = '--only=style/noRestrictedImports';
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', rule, '.'];
    const { stdout } = spawnSync(biome, args, { cwd: folder, encoding: 'utf8' });
    const report: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout);
    const refused = new Set(report.diagnostics.map(({ location }) => location.path));
    const verdicts = planted.map(([, file, source], index) => [
      refused.has(name(file, index)) ? 'refused' : 'allowed',
      file,
      source,
    ]);
    expect(verdicts).toEqual(planted);
  });
});
