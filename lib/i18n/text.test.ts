import { describe, expect, it } from 'vitest';
import { faultKeys } from '@/lib/problem';
import { parseLocale } from './locale';
import { messagesOf } from './messages';
import { newText } from './text';

describe('dictionaries', () => {
  it('have the same keys, no blank sentence, and the same parameters in both languages', () => {
    const [en, zh] = [messagesOf('en'), messagesOf('zh-CN')];
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    const params = (sentence: string) => [...new Set(sentence.match(/\{\w+\}/g))].sort();
    for (const [key, sentence] of Object.entries(en)) {
      const other = zh[key as keyof typeof zh];
      expect(sentence.trim(), key).not.toBe('');
      expect(params(other), key).toEqual(params(sentence));
    }
  });

  it('have a sentence for every fault', () => {
    const { t } = newText('en', messagesOf('en'));
    for (const key of faultKeys) expect(t(`fault.${key}`)).toBeTruthy();
  });
});

describe('newText', () => {
  it('fills parameters in, numbers in the manner of the language, and picks the form for the count', () => {
    const { t } = newText('en', messagesOf('en'));
    expect(t('form.summary.title', { count: 1 })).toBe('1 thing to fix before you can submit this job');
    expect(t('form.summary.title', { count: 2 })).toBe('2 things to fix before you can submit this job');
    expect(t('fault.body.size', { bytes: 70_000, max: 65_536 })).toContain('70,000 bytes');
  });
});

describe('parseLocale', () => {
  it.each([
    ['zh-CN', 'en', 'zh-CN'],
    [undefined, 'zh-TW,zh;q=0.9,en;q=0.8', 'zh-CN'],
    [undefined, 'fr,en;q=0.5,zh;q=0.4', 'en'],
    [undefined, 'de', 'en'],
    ['tlh', null, 'en'],
    [undefined, 'en;q=0, zh;q=0.1', 'zh-CN'],
  ])('%s and %s give %s', (choice, header, expected) => {
    expect(parseLocale(choice, header)).toBe(expected);
  });
});
