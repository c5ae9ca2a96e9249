/** What stands where a secret value is not shown. It is never a value: the schema refuses it. */
export const mask = '••••••••';

/** Over a name in snake_case: whole words, so that MAX_TOKENS or TOKENIZERS_PARALLELISM pass. */
const secretName =
  /(^|_)(pass|password|passwd|passphrase|pwd|secrets?|token|credentials?|auth|sas|sk|ak|(api|access|private|secret)_?key)(_(key|id|secret|value))?$|(^|_)(secret|access_?key|api_?key)(_|$)/;
const secretValue =
  /-----BEGIN [A-Z ]*PRIVATE KEY|\b(LTAI[A-Za-z0-9]{12,}|STS\.[A-Za-z0-9]{12,}|AKIA[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|hf_[A-Za-z0-9]{20,}|sk-[\w-]{20,}|xox[abp]-[\w-]{10,}|eyJ[\w-]{10,}\.eyJ[\w-]{10,})|:\/\/[^/\s:@]+:[^/\s:@]+@/;

/** Whether a variable looks like a credential, by its name or by its value. */
export function looksSecret(name: string, value: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
  return value !== '' && (secretName.test(words.toLowerCase()) || secretValue.test(value));
}

export type SecretLeaf = { path: (string | number)[]; value: string };

type Bag = Record<string, unknown>;

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every secret text of a body (or of GetJob's answer): registry logins, AssumeUserInfo, variables that look like credentials. */
export function secretLeaves(body: unknown): SecretLeaf[] {
  const found: SecretLeaf[] = [];
  const visit = (value: unknown, path: (string | number)[]): void => {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, [...path, index]);
      const last = path.at(-1);
      if (last !== 'Env' && last !== 'CustomEnvs') return;
      value.forEach((item, index) => {
        if (!isBag(item)) return;
        for (const [nameKey, valueKey] of [
          ['Name', 'Value'],
          ['Key', 'Value'],
        ] as const) {
          const [name, text] = [item[nameKey], item[valueKey]];
          if (typeof name === 'string' && typeof text === 'string' && looksSecret(name, text))
            found.push({ path: [...path, index, valueKey], value: text });
        }
      });
      return;
    }
    if (!isBag(value)) return;
    for (const [key, item] of Object.entries(value)) {
      const here = [...path, key];
      const last = path.at(-1);
      if (typeof item !== 'string') visit(item, here);
      else if (item === '') continue;
      else if (last === 'ImageConfig' && (key === 'Password' || key === 'Auth'))
        found.push({ path: here, value: item });
      else if (last === 'AssumeUserInfo') found.push({ path: here, value: item });
      else if ((last === 'Envs' || last === 'SystemEnvs') && looksSecret(key, item))
        found.push({ path: here, value: item });
      else if (path.includes('RoleSystemEnvs') && looksSecret(key, item))
        found.push({ path: here, value: item });
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
