import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capLog } from './cap-log';
import { readTail } from './tail-lines';
import { newDataDir } from './test-client';

function fileWith(content: string | Buffer): string {
  const path = join(newDataDir(), 'log');
  writeFileSync(path, content);
  return path;
}

const numbered = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at}\n`).join('');

describe('readTail', () => {
  it.each([
    ['nothing', '', 5, []],
    ['one line without an end', 'a', 5, ['a']],
    ['fewer lines than asked for', 'a\nb\n', 5, ['a', 'b']],
    ['the last lines', 'a\nb\nc\n', 2, ['b', 'c']],
    ['the last lines, one unfinished', 'a\nb\nc', 2, ['b', 'c']],
    ['empty lines', 'a\n\n\n', 2, ['', '']],
    ['a leading empty line', '\na\n', 5, ['', 'a']],
    ['escape codes', '\u001b[31mred\u001b[0m\n', 1, ['\u001b[31mred\u001b[0m']],
  ])('gives %s', async (_what, content, maxLines, lines) => {
    expect(await readTail(fileWith(content), { maxLines })).toEqual(lines);
  });

  it('gives none where there is no file', async () => {
    expect(await readTail(join(newDataDir(), 'none'), { maxLines: 5 })).toEqual([]);
  });

  it('crosses the chunks it reads in', async () => {
    const path = fileWith(numbered(50_000));
    const lines = await readTail(path, { maxLines: 20_000 });
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([20_000, 'line 30000', 'line 49999']);
  });

  it('reads the end of a huge file without reading the rest', async () => {
    const path = fileWith('');
    const file = openSync(path, 'r+');
    ftruncateSync(file, 20 * 1024 ** 3);
    closeSync(file);
    appendFileSync(path, '\nlast\n');
    expect((await readTail(path, { maxLines: 1 })).at(-1)).toBe('last');
  });

  it('replaces what is no UTF-8', async () => {
    expect(await readTail(fileWith(Buffer.from([0x61, 0xff, 0x62, 0x0a])), { maxLines: 1 })).toEqual([
      'a\ufffdb',
    ]);
  });

  it('cuts an enormous line and says so', async () => {
    const path = fileWith(`before\n${'x'.repeat(300_000)}\nafter\n`);
    const lines = await readTail(path, { maxLines: 3, maxLineBytes: 1_000 });
    expect(lines).toEqual(['before', `${'x'.repeat(1_000)} [line of 300000 bytes cut]`, 'after']);
  });

  it.each([
    [{ from: 0 }, ['aa', 'bb', 'cc']],
    [{ from: 3 }, ['bb', 'cc']],
    [{ from: 4 }, ['bb', 'cc']],
    [{ to: 3 }, ['aa']],
    [{ to: 4 }, ['aa', 'bb']],
    [{ from: 3, to: 6 }, ['bb']],
    [{ from: 9 }, []],
    [{ to: 0 }, []],
    [{ from: 99, to: 99 }, []],
    [{ from: 4, maxLines: 1 }, ['cc']],
  ])('looks at whole lines of a part: %o', async (limits, lines) => {
    expect(await readTail(fileWith('aa\nbb\ncc\n'), { maxLines: 5, ...limits })).toEqual(lines);
  });

  it('begins with a whole line where it looks at a part only', async () => {
    const lines = await readTail(fileWith(numbered(1_000)), { maxLines: 1_000, maxBytes: 25 });
    expect(lines).toEqual(['line 998', 'line 999']);
  });
});

describe('capLog', () => {
  it('keeps the last part behind a line that tells of the cut', async () => {
    const path = fileWith(numbered(1_000));
    await capLog(path, { maxBytes: 2_000, keepBytes: 25 });
    const { length } = Buffer.from(numbered(998));
    const notice = `[The first part of this output was cut: ${length} bytes.]\n`;
    expect(readFileSync(path, 'utf8')).toBe(`${notice}line 998\nline 999\n`);
    appendFileSync(path, 'on\n');
    expect(readFileSync(path, 'utf8')).toMatch(/line 999\non\n$/);
  });

  it('leaves a smaller output as it is, and one that is not there', async () => {
    const path = fileWith(numbered(10));
    await capLog(path, { maxBytes: 2_000, keepBytes: 25 });
    expect(statSync(path).size).toBe(numbered(10).length);
    await expect(capLog(join(newDataDir(), 'none'), { maxBytes: 1, keepBytes: 1 })).resolves.toBeUndefined();
  });
});
