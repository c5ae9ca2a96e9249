import { gzipSync } from 'node:zlib';

/** The scripts a page's HTML names, without those only an old browser loads, as absolute addresses. */
export async function firstLoadScripts(page) {
  const response = await fetch(page);
  if (!response.ok) throw new Error(`${page} answers ${response.status}.`);
  const html = await response.text();
  const found = new Set();
  for (const [tag, attributes] of html.matchAll(/<(?:script|link)\b([^>]*)>/g)) {
    const isScript = tag.startsWith('<script') || /\bas="script"/.test(attributes);
    const address = /\b(?:src|href)="([^"]+)"/.exec(attributes)?.[1];
    if (isScript && address && !/\bnomodule\b/i.test(attributes)) found.add(new URL(address, page).href);
  }
  return [...found];
}

export async function gzipBytes(addresses) {
  const sizes = await Promise.all(
    addresses.map(
      async (address) => gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length,
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
