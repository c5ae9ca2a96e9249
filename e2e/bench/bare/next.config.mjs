import path from 'node:path';

/** @type {import('next').NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  typescript: { ignoreBuildErrors: true },
  // It is built in .next/bench/<hash>/ of the checkout, whose node_modules it shares.
  turbopack: { root: path.resolve(import.meta.dirname, '..', '..', '..') },
};
