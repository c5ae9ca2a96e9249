import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { podMain, podWrapper } from './pod-wrapper';
import { bornOf } from './process-identity';
import { newDataDir } from './test-client';

function newPod(command: string): string {
  const folder = newDataDir();
  writeFileSync(join(folder, 'command'), command);
  return folder;
}

function start(folder: string, shell: string[]): ChildProcess {
  const [program = '/bin/sh', ...flags] = shell;
  const args = [...flags, '-c', podWrapper, 'pod-wrapper', folder, '/bin/sh', podMain, ''];
  return spawn(program, args, { cwd: folder, detached: true, stdio: 'ignore' });
}

const shells = [['/bin/sh'], ['/bin/bash'], ['/bin/bash', '--posix']].filter(([path]) =>
  existsSync(path ?? ''),
);

describe.each(shells.map((shell) => [shell.join(' '), shell] as const))(
  'the wrapper in %s',
  (_name, shell) => {
    it('leaves the exit code of its command', async () => {
      const folder = newPod('exit 42');
      await once(start(folder, shell), 'exit');
      expect(readFileSync(join(folder, 'exit'), 'utf8')).toBe('42\n');
    });

    it('runs a command once, however many wrappers are started', async () => {
      const folder = newPod('echo ran >> runs');
      await Promise.all(Array.from({ length: 6 }, () => once(start(folder, shell), 'exit')));
      expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('ran\n');
    });

    it('claims the pod under the identity that the server reads', async () => {
      const folder = newPod('echo > started; exec sleep 60');
      const child = start(folder, shell);
      // A signal in the moment before the command starts would be met by the server's second one alone, SIGKILL.
      await expect.poll(() => existsSync(join(folder, 'started'))).toBe(true);
      const claim = readFileSync(join(folder, 'claim'), 'utf8');
      expect(claim).toBe(`${child.pid}\n${bornOf(child.pid ?? 0)}\n`);
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await once(child, 'exit');
      expect(readFileSync(join(folder, 'exit'), 'utf8')).toBe('143\n');
    });
  },
);
