import 'server-only';

/** The one concession is `style-src-attr`: positioned popups set style attributes. */
export function contentSecurityPolicy(
  nonce: string,
  { isDev = false, styles = [] }: { isDev?: boolean; styles?: readonly string[] } = {},
): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    // The development overlay injects styles without a nonce.
    isDev
      ? "style-src 'self' 'unsafe-inline'"
      : ["style-src 'self'", `'nonce-${nonce}'`, ...styles].join(' '),
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

type Header = readonly [name: string, value: string];

const always: readonly Header[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'same-origin'],
  ['x-frame-options', 'DENY'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
];

export function toSecurityHeaders({ pathname, https }: { pathname: string; https: boolean }): Header[] {
  return [
    ...always,
    ...(https ? [['strict-transport-security', 'max-age=31536000'] as const] : []),
    ...(isAsset(pathname) ? [] : [['cache-control', 'no-store'] as const]),
  ];
}

/** Built files and those of public/: they hold nothing of a person. */
export function isAsset(pathname: string): boolean {
  return pathname.startsWith('/_next/static/') || /\.(?:woff2|svg|png|ico|webmanifest)$/.test(pathname);
}
