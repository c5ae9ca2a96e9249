/** What stands where a secret value is not shown. It is never a value: the schema refuses it. */
export const mask = '••••••••';

/** Over a name in snake_case; `token` and `tokens` only where they end a name or are all of it but a suffix, so that MAX_TOKENS passes. */
const secretName =
  /password|passwd|passphrase|(^|_)(ssh)?pass(es)?(_|$)|(^|_)pwd(_|$)|secret|credential|(^|_)(auth|authorization|cookie|jwt|sas|sk|ak|bearer)$|(^|_)(api|auth|access|refresh|id|bearer|session)_tokens?(_|$)|(^|_)token(_[a-z]+)?$|(^|_)(api|access|private|signing|encryption|ssh|account|master)_?keys?(_(id|secret|value))?$/;
const harmlessName =
  /(^|_)(pad|eos|bos|unk|cls|sep|mask)_token$|^token_(count|limit|length|size)$|_passes$|^passes$/;
const secretValue =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\b(LTAI[A-Za-z0-9]{12,}|STS\.[A-Za-z0-9]{12,}|AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|hf_[A-Za-z0-9]{20,}|sk-[\w-]{20,}|xox[abp]-[\w-]{10,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,})|:\/\/[^\s@/?#:]*:(?!\d{1,5}(?:[/?#]|$))[^\s@]+@|[?&;](access_token|token|password|pwd|secret|sig|signature)=|AccountKey=|hooks\.slack\.com\/services\/|^(Bearer|Basic) \S{8,}|["'](password|passwd|secret|token|access_?key\w*)["']\s*:/i;

/** Whether a value looks like a credential, by its name or by itself. One that has no name yet is taken for one. */
export function looksSecret(name: string, value: string): boolean {
  if (value === '') return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/_?\d+$/, '')
    .toLowerCase();
  return name === '' || (secretName.test(words) && !harmlessName.test(words)) || secretValue.test(value);
}

export type SecretLeaf = { path: (string | number)[]; value: string };

type Bag = Record<string, unknown>;

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Texts that are shown whatever they hold: hiding a command would hide the job. */
const shown = new Set(['UserCommand', 'DisplayName', 'UserScript', 'Command', 'Args']);

/** A registry's login and AssumeUserInfo are secret by their place, whatever they are called. */
function isSecretPlace(parent: string | number | undefined, key: string): boolean {
  return parent === 'AssumeUserInfo' || (parent === 'ImageConfig' && (key === 'Password' || key === 'Auth'));
}

/**
 * Every secret text of a body, or of GetJob's answer: registry logins, AssumeUserInfo, variables and unknown fields
 * whose name or value looks like a credential.
 */
export function secretLeaves(body: unknown): SecretLeaf[] {
  const found: SecretLeaf[] = [];
  const visit = (value: unknown, path: (string | number)[]): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    if (!isBag(value)) return;
    // A list of variables: {Name, Value} or {Key, Value}.
    const named = typeof value.Name === 'string' ? value.Name : value.Key;
    for (const [key, item] of Object.entries(value)) {
      const here = [...path, key];
      if (typeof item !== 'string') {
        if (!shown.has(key)) visit(item, here);
        continue;
      }
      const name = key === 'Value' && typeof named === 'string' ? named : key;
      if (shown.has(key) || item === '') continue;
      if (isSecretPlace(path.at(-1), key) || looksSecret(name, item)) found.push({ path: here, value: item });
    }
  };
  visit(body, []);
  return found;
}

/** A copy with the text at each path replaced; paths that lead nowhere are passed over. */
export function replaceLeaves<T>(body: T, leaves: SecretLeaf[]): T {
  const copy = structuredClone(body);
  for (const { path, value } of leaves) {
    let at: unknown = copy;
    for (const key of path.slice(0, -1)) at = isBag(at) || Array.isArray(at) ? (at as Bag)[key] : undefined;
    const last = path.at(-1);
    if (last !== undefined && (isBag(at) || Array.isArray(at))) (at as Bag)[last] = value;
  }
  return copy;
}

/** The body as it may be shown: every secret text replaced by the mask. */
export function maskSecrets<T>(body: T): T {
  return replaceLeaves(
    body,
    secretLeaves(body).map(({ path }) => ({ path, value: mask })),
  );
}
