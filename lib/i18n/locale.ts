export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];
export const localeCookie = 'jobwright-locale';

export const localeNames: Record<Locale, string> = { en: 'English', 'zh-CN': '中文' };

/** The person's choice, else the first language of Accept-Language that there is a dictionary for, else English. */
export function parseLocale(choice: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = locales.find((locale) => locale === choice);
  if (chosen) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const quality = Number(
        rest
          .find((item) => item.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? 1,
      );
      return { tag: tag.toLowerCase(), quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { tag } of wanted) {
    if (tag === 'en' || tag.startsWith('en-')) return 'en';
    if (tag === 'zh' || tag.startsWith('zh-')) return 'zh-CN';
  }
  return 'en';
}
