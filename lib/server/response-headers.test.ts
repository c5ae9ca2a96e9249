import { expect, it } from 'vitest';
import { contentSecurityPolicy, toSecurityHeaders } from './response-headers';

function headersOf(pathname: string, https = false) {
  return new Headers(toSecurityHeaders({ pathname, https }).map(([name, value]) => [name, value]));
}

it('lets no page be kept by a cache, and built files be', () => {
  expect(headersOf('/jobs').get('cache-control')).toBe('no-store');
  expect(headersOf('/api/jobs').get('cache-control')).toBe('no-store');
  expect(headersOf('/_next/static/chunks/a.js').get('cache-control')).toBe(null);
  expect(headersOf('/icon.svg').get('cache-control')).toBe(null);
});

it('asks for https only where that is the configured address', () => {
  expect(headersOf('/', true).get('strict-transport-security')).toContain('max-age');
  expect(headersOf('/').get('strict-transport-security')).toBe(null);
});

it('allows eval and inline styles in development only', () => {
  expect(contentSecurityPolicy('abc')).not.toMatch(/unsafe-eval|style-src 'self' 'unsafe-inline'/);
  expect(contentSecurityPolicy('abc')).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
  expect(contentSecurityPolicy('abc', { isDev: true })).toContain("'unsafe-eval'");
});
