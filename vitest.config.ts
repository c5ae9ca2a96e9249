import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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
  test: { include: ['{app,components,lib,e2e}/**/*.test.ts'], environment: 'node', testTimeout: 20_000 },
});
