import type { Locale } from './locale';

/** A time in the reader's zone, or in `timeZone`: `2026-11-23 14:05:09`-like in the reader's habit. */
export function formatTime(locale: Locale, time: string | number, timeZone?: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    ...(timeZone ? { timeZone } : {}),
  }).format(date);
}

/** Seconds as `2 h 5 min`, `1 min 4 s`, `8 s`. */
export function formatDuration(locale: Locale, seconds: number): string {
  const part = (value: number, unit: 'day' | 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value);
  const whole = Math.max(0, Math.floor(seconds));
  const [days, hours, minutes] = [
    Math.floor(whole / 86400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ];
  const pair = (first: string, rest: number, unit: 'hour' | 'minute' | 'second') =>
    rest === 0 ? first : `${first} ${part(rest, unit)}`;
  if (days > 0) return pair(part(days, 'day'), hours, 'hour');
  if (hours > 0) return pair(part(hours, 'hour'), minutes, 'minute');
  if (minutes > 0) return pair(part(minutes, 'minute'), whole % 60, 'second');
  return part(whole, 'second');
}

/** Bytes as `1.5 GiB`, `310 MiB`, `12 KiB`. */
export function formatBytes(locale: Locale, bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(bytes, 1)) / 10)));
  const amount = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(bytes / 1024 ** power);
  return `${amount} ${units[power]}`;
}
