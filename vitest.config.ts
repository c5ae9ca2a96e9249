import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// `machine` tests run pods, kill servers, and break disks and databases: they take minutes, the others seconds.
const machine = '**/*.machine.test.ts';
const folder = process.env.TEST_JSON_DIR;
const project = /--project[= ](\w+)/.exec(process.argv.join(' '))?.[1] ?? 'all';

export default defineConfig({
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('.', import.meta.url)),
      // What Next itself puts in place for server code.
      'next/navigation': 'next/dist/client/components/navigation.react-server.js',
    },
    conditions: ['react-server'],
  },
  ssr: { resolve: { conditions: ['react-server', 'node'] } },
  test: {
    environment: 'node',
    testTimeout: 20_000,
    maxWorkers: 2,
    // .ci/run counts the tests from these files.
    reporters: folder
      ? ['default', ['json', { outputFile: path.join(folder, `${project}.json`) }]]
      : ['default'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{app,components,lib,e2e}/**/*.test.ts'], exclude: [machine] },
      },
      { extends: true, test: { name: 'machine', include: [`{app,components,lib,e2e}/${machine}`] } },
    ],
  },
});
