import { readdirSync, readFileSync } from 'node:fs';
import { findIsolation } from './isolation';

const here = (await findIsolation()).kind;

/** For tests only: with bubblewrap and without. In CI both are required, elsewhere what the machine lacks is left out aloud. */
export const isolations = (['bubblewrap', 'none'] as const).filter((kind) => {
  if (kind === 'none' || here === 'bubblewrap' || process.env.CI) return true;
  process.stderr.write('LEFT OUT: the tests of pods with bubblewrap, which does not work on this machine.\n');
  return false;
});

export type IsolationOption = { isolation: 'auto' | 'none' };

export function optionOf(kind: 'bubblewrap' | 'none'): IsolationOption {
  return { isolation: kind === 'none' ? 'none' : 'auto' };
}

/** Living processes of this machine whose command line holds a text, those of other process namespaces included. */
export function livingWith(text: string): string[] {
  return livingWhose('cmdline', text);
}

/** The same of processes whose environment holds a text. */
export function carrying(text: string): string[] {
  return livingWhose('environ', text);
}

function livingWhose(file: 'cmdline' | 'environ', text: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const isAlive = /^\d+$/.test(pid) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
      return isAlive && readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ').includes(text);
    } catch {
      return false;
    }
  });
}
