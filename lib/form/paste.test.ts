import { expect, it } from 'vitest';
import { parseLines, parseVariableLines } from './paste';

it('reads KEY=VALUE lines as a .env file has them', () => {
  const text = '# comment\n\nA=1\r\nexport B = "two words"\nC=a=b\nD=\nE=\'x\'\nNOVALUE';
  expect(parseVariableLines(text)).toEqual([
    { key: 'A', value: '1' },
    { key: 'B', value: 'two words' },
    { key: 'C', value: 'a=b' },
    { key: 'D', value: '' },
    { key: 'E', value: 'x' },
    { key: 'NOVALUE', value: '' },
  ]);
});

it('keeps the lines that hold something', () => {
  expect(parseLines(' numpy==1 \n\n\ttorch\r\n')).toEqual(['numpy==1', 'torch']);
});
