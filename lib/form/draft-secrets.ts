import { type Draft, toBody, toDraftPath } from '@/lib/dlc/draft';
import { isBag } from '@/lib/dlc/draft-codec';
import { mask, replaceLeaves, type SecretLeaf, secretLeaves } from '@/lib/dlc/secrets';

type Path = (string | number)[];

/** What a leaf belongs to, by names instead of places: rows move, and a credential must not slip into its neighbour. */
function ownerOf(draft: Draft, path: Path): string {
  const names: unknown[] = [];
  let at: unknown = draft;
  for (const step of path) {
    at = isBag(at) || Array.isArray(at) ? (at as Record<string, unknown>)[step] : undefined;
    names.push(typeof step === 'number' && isBag(at) ? (at.key ?? at.Name ?? at.Type ?? step) : step);
  }
  return JSON.stringify(names);
}

/** A draft that may lie in the open, and apart from it the credentials it held. */
export function takeSecretsOut(draft: Draft): { draft: Draft; secrets: Record<string, string> } {
  const leaves = secretLeaves(toBody(draft)).map(({ path, value }) => ({
    path: toDraftPath(draft, path),
    value,
  }));
  const hidden = leaves.map(({ path }) => ({ path, value: mask }));
  const secrets = Object.fromEntries(leaves.map(({ path, value }) => [ownerOf(draft, path), value]));
  return { draft: replaceLeaves(draft, hidden), secrets };
}

/** Fills the masks whose owner has a credential; the others stay masks, which the schema asks to type again. */
export function putSecretsBack(draft: Draft, secrets: Record<string, string>): Draft {
  const found: SecretLeaf[] = [];
  const visit = (value: unknown, path: Path) => {
    if (value === mask) {
      const secret = secrets[ownerOf(draft, path)];
      if (typeof secret === 'string') found.push({ path, value: secret });
    } else if (Array.isArray(value))
      for (const [index, item] of value.entries()) visit(item, [...path, index]);
    else if (isBag(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  visit(draft, []);
  return replaceLeaves(draft, found);
}
