import { expect, it } from 'vitest';
import { toPlainLine, toPlainOutput } from './plain-output';

it.each([
  ['plain text', 'plain text'],
  ['\u001b[32mgreen\u001b[0m and \u001b[1;31mred\u001b[m', 'green and red'],
  ['\u001b]0;a title\u0007after', 'after'],
  ['\u001b[2K\u001b[1Gdone', 'done'],
  ['10%\r55%\r100%', '100%'],
  ['100%\r', '100%'],
  ['\r\r', ''],
  ['an array[0] stays', 'an array[0] stays'],
  ['训练 ✓ 完成', '训练 ✓ 完成'],
])('%j shows as %j', (line, shown) => {
  expect(toPlainLine(line)).toBe(shown);
});

it('keeps empty lines and takes line ends once', () => {
  expect(toPlainOutput(['a\n', '', 'b\r\n'])).toBe('a\n\nb');
});

it('reads a very long line in no time', () => {
  const line = '\u001b['.repeat(100_000);
  const start = performance.now();
  toPlainLine(line);
  expect(performance.now() - start).toBeLessThan(500);
});
