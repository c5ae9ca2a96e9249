import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { gather, hideInLog, newLog } from './log';

function capture(level: Parameters<typeof newLog>[0] = 'info') {
  const written: string[] = [];
  const log = newLog(level, { write: (line) => written.push(line) });
  return { log, written, last: () => JSON.parse(written.at(-1) ?? '') as Record<string, unknown> };
}

describe('a line of the log', () => {
  it('is one line of JSON, whatever is in it', () => {
    const { log, written, last } = capture();
    const forged = 'a\r\n{"level":"error","message":"forged"}\u0000\u001b[2J';
    log.warn(forged, { [forged]: forged });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\P{Cc}+\n$/u);
    expect(last()).toMatchObject({ level: 'warn', message: forged, [forged]: forged, pid: process.pid });
    expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('holds no text that was hidden meanwhile', () => {
    const { log, last } = capture();
    hideInLog('made-at-start-"9"');
    log.error('is made-at-start-"9"', { deep: { list: ['made-at-start-"9"'] } });
    expect(last()).toMatchObject({ message: 'is ***', deep: { list: ['***'] } });
  });

  it('is left out below the level', () => {
    const { log, written } = capture('warn');
    log.info('quiet');
    log.error('loud');
    expect(written).toHaveLength(1);
    expect(capture('silent').log.error('nothing')).toBe(undefined);
  });
});

describe('lines of one moment', () => {
  it('are written together, in their order', async () => {
    const written: string[] = [];
    const log = newLog('info', gather({ write: (text) => written.push(text) }));
    log.info('one');
    log.warn('two');
    expect(written).toEqual([]);
    await vi.waitUntil(() => written.length > 0);
    expect(written.map((text) => text.match(/"(one|two)"/g))).toEqual([['"one"', '"two"']]);
  });

  it('do not wait any longer once there is an error', () => {
    const written: string[] = [];
    const log = newLog('info', gather({ write: (text) => written.push(text) }));
    log.info('one');
    log.error('two');
    expect(written.map((text) => text.match(/"(one|two)"/g))).toEqual([['"one"', '"two"']]);
  });

  it('are written at the exit of the process', () => {
    const script = `import('./lib/load-ts.mjs').then(async ({ loadTs }) => {
      const { newLog } = await loadTs('lib/server/log.ts');
      newLog('info').info('last words');
      process.exit(3);
    });`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect({ status, stdout }).toEqual({ status: 3, stdout: expect.stringContaining('last words') });
  });
});
