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

export function setSecurityHeaders(
  headers: Headers,
  { pathname, https }: { pathname: string; https: boolean },
) {
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'same-origin');
  headers.set('x-frame-options', 'DENY');
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  headers.set('cross-origin-opener-policy', 'same-origin');
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (https) headers.set('strict-transport-security', 'max-age=31536000');
  if (!isAsset(pathname)) headers.set('cache-control', 'no-store');
}

/** Built files and those of public/: they hold nothing of a person. */
export function isAsset(pathname: string): boolean {
  return pathname.startsWith('/_next/static/') || /\.(?:woff2|svg|png|ico|webmanifest)$/.test(pathname);
}
