import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The colours of globals.css in both themes, as relative luminance (WCAG 2.2). */
function luminances(theme: 0 | 1): Map<string, number> {
  const css = readFileSync('app/globals.css', 'utf8');
  const found = new Map<string, number>();
  for (const [, name = '', light = '', dark = ''] of css.matchAll(
    /--color-([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g,
  )) {
    const [l = 0, c = 0, h = 0] = (theme === 0 ? light : dark).split(' ').map(Number);
    found.set(name, luminanceOf(l, c, (h * Math.PI) / 180));
  }
  return found;
}

/** OKLCH to linear sRGB (Ottosson), clipped as a screen does. */
function luminanceOf(l: number, chroma: number, hue: number): number {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z);
  const green = clip(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z);
  const blue = clip(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const grounds = ['ground', 'surface', 'sunken'];
const soft = ['accent', 'good', 'bad', 'warn'];
const texts: [string, string][] = [
  ...grounds.flatMap((ground) => ['ink', 'muted', ...soft].map((ink): [string, string] => [ink, ground])),
  ...soft.flatMap((tone): [string, string][] => [
    [tone, `${tone}-soft`],
    ['ink', `${tone}-soft`],
  ]),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['accent', 'bad-soft'],
];
const edges: [string, string][] = grounds.map((ground) => ['edge', ground]);

describe.each([
  ['light', 0],
  ['dark', 1],
] as const)('%s', (_name, theme) => {
  const colours = luminances(theme);
  const contrast = (one: string, other: string) => {
    const [a, b] = [colours.get(one), colours.get(other)];
    if (a === undefined || b === undefined) throw new Error(`no colour ${one} or ${other}`);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };

  it.each(texts)('%s on %s is read: 4.5:1', (ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(edges)('%s on %s shows a control: 3:1', (edge, ground) => {
    expect(contrast(edge, ground)).toBeGreaterThanOrEqual(3);
  });
});
