/** @type {import('next').NextConfig} */
export default {
  agentRules: false,
  poweredByHeader: false,
  // TypeScript is a devDependency; `npm run check` runs tsc, the build of a user's machine does not.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3'],
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
};
