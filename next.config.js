/** @type {import('next').NextConfig} */
export default {
  agentRules: false,
  // lib/start.mjs gives each state of the sources a build of its own, so that building disturbs no running server.
  distDir: process.env.JOBWRIGHT_BUILD ?? '.next',
  // The same on every machine that builds these sources: behind one address a page of one instance then goes on with another.
  generateBuildId: () => process.env.JOBWRIGHT_BUILD?.split(/[\\/]/).at(-1) ?? null,
  poweredByHeader: false,
  // No page has images to resize: /_next/image is not there.
  images: { unoptimized: true },
  // TypeScript is a devDependency; `npm run check` runs tsc, the build of a user's machine does not.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3', 'pg', 'pino', 'prom-client'],
  // A first visit then draws without a second request; lib/server/style-hashes.ts lets the policy allow it.
  experimental: { inlineCss: true, serverActions: { bodySizeLimit: '256kb' } },
};
