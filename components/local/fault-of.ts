import type { MessageKey } from '@/lib/i18n/messages';
import type { Params } from '@/lib/i18n/text';
import type { Problem } from '@/lib/problem';

/** `said` is the local DLC's own sentence, for what has no `key`. */
type FieldFault = { wireName: string; said: string; key?: MessageKey; params?: Params };

/** What the local DLC says of a field; the first that fits. A test holds the list complete. */
const sentences: [RegExp, MessageKey][] = [
  [/^must (be given|not be empty)\.$/, 'local.fault.empty'],
  [/^must have at most (?<max>\d+) characters\.$/, 'local.fault.long'],
  [/ with the name (?<name>.*) is there already\.$/s, 'local.fault.taken'],
  [/^must be a folder of this machine| is not an absolute path\.$/, 'local.fault.relative'],
  [/^the folder (?<path>.*) is not there, or may not be read\.$/s, 'local.fault.absent'],
  [/^(?<path>.*) is not a folder\.$/s, 'local.fault.noFolder'],
  [/ (lies in|holds) the data directory(, or holds it)?\.$/, 'local.fault.ours'],
  [/ must not hold "\.\."\.$/, 'local.fault.dots'],
  [/^the mount path must not be \/\.$/, 'local.fault.root'],
  [/^nothing can be mounted in (?<path>.*)\.$/s, 'local.fault.reserved'],
  [/^the repository must be an https, ssh or file address/, 'local.fault.repository'],
  [/^the address of the repository must not hold a name or password/, 'local.fault.login'],
  [/^the branch or commit .* must not begin with| is no name of a branch or commit\.$/s, 'local.fault.ref'],
  [/^must not hold blanks\.$/, 'local.fault.blanks'],
];

/** The local DLC begins what it says of one field with its name: `Uri: the folder … is not there.` */
export function faultOf(problem: Problem, wireNames: string[]): FieldFault | undefined {
  if (problem.kind !== 'refused') return undefined;
  const [, wireName, sentence] = /^(\w+): (.*)$/s.exec(problem.api.message) ?? [];
  if (!wireName || !sentence || !wireNames.includes(wireName)) return undefined;
  const said = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  for (const [pattern, key] of sentences) {
    const found = pattern.exec(sentence);
    if (found) return { wireName, said, key, params: { ...found.groups } };
  }
  return { wireName, said };
}
