import { execFileSync } from 'node:child_process';
import { newDataDir } from './test-client';

/** A wheel is a zip; python writes it. */
const script = `
import sys, zipfile
name, version, source = sys.argv[1:]
module = name.replace('-', '_')
info = '%s-%s.dist-info' % (module, version)
with zipfile.ZipFile('%s-%s-py3-none-any.whl' % (module, version), 'w') as wheel:
    wheel.writestr(module + '.py', source)
    wheel.writestr(info + '/METADATA', 'Metadata-Version: 2.1\\nName: %s\\nVersion: %s\\n' % (name, version))
    wheel.writestr(info + '/WHEEL', 'Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + '/RECORD', '')
`;

/** For tests only: a folder that pods can read, with a wheel for each `[name, version, source of its module]`. */
export function newWheels(...wheels: [name: string, version: string, source: string][]): string {
  const folder = newDataDir('/var/tmp');
  for (const wheel of wheels) execFileSync('python3', ['-c', script, ...wheel], { cwd: folder });
  return folder;
}
