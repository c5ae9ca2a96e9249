import { expect, it } from 'vitest';
import { countPages, parsePage } from './page';

it.each([
  ['1', 1],
  ['12', 12],
  ['1000', 1000],
  ['1001', 1],
  ['0', 1],
  ['-3', 1],
  ['2.5', 1],
  ['x', 1],
  ['', 1],
  [undefined, 1],
  [['2', '3'], 1],
])('takes %j as page %i', (value, page) => {
  expect(parsePage(value)).toBe(page);
});

it.each([
  [0, 0],
  [1, 1],
  [20, 1],
  [21, 2],
  [1_000_000, 1000],
])('%i rows make %i pages', (total, pages) => {
  expect(countPages(total)).toBe(pages);
});
