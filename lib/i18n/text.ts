import type { Fault } from '@/lib/problem';
import type { Locale } from './locale';
import type { MessageKey, Messages } from './messages';

export type Params = Record<string, string | number>;
export type Text = {
  locale: Locale;
  /** The sentence of a key. Where it has forms parted by ` | `, the first number among the params picks one. */
  t: (key: MessageKey, params?: Params) => string;
};

/** A key that was not handed over shows as itself: a bug to be seen, not a page to be lost. */
export function newText(locale: Locale, messages: Partial<Messages>): Text {
  const plural = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const t = (key: MessageKey, params: Params = {}): string => {
    const forms = (messages[key] ?? key).split(' | ');
    const count = Object.values(params).find((value) => typeof value === 'number');
    const form =
      forms.length > 1 && count !== undefined && plural.select(Number(count)) !== 'one' ? forms[1] : forms[0];
    return (form ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : typeof value === 'number' ? numbers.format(value) : value;
    });
  };
  return { locale, t };
}

export function describeFault({ t }: Pick<Text, 't'>, fault: Fault): string {
  return t(`fault.${fault.key}`, fault.params);
}
