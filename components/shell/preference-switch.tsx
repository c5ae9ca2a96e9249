'use client';

import { type Locale, localeNames, locales, parseLocale } from '@/lib/i18n/locale';
import { useText } from '@/lib/i18n/text-context';
import { parseTheme, type Theme, themes } from '@/lib/i18n/theme';

const select = 'min-h-8 rounded-md border border-edge bg-surface px-1.5 text-sm';

/** Each remembers a choice in a cookie; the page is then rendered again in it. */
export type PreferenceActions = {
  setLocale: (locale: Locale) => Promise<unknown>;
  setTheme: (theme: Theme) => Promise<unknown>;
};

/** Changes what is shown and nothing else: a half-filled form stays as it is. */
export function PreferenceSwitch({ theme, actions }: { theme: Theme; actions: PreferenceActions }) {
  const { t, locale } = useText();
  const chooseTheme = (value: Theme) => {
    document.documentElement.dataset.theme = value;
    void actions.setTheme(value);
  };
  return (
    <div className="flex items-center gap-2">
      <select
        aria-label={t('language.label')}
        className={select}
        value={locale}
        onChange={(event) => void actions.setLocale(parseLocale(event.target.value, null))}
      >
        {locales.map((item) => (
          <option key={item} value={item} lang={item}>
            {localeNames[item]}
          </option>
        ))}
      </select>
      <select
        aria-label={t('theme.label')}
        className={select}
        defaultValue={theme}
        onChange={(event) => chooseTheme(parseTheme(event.target.value))}
      >
        {themes.map((item) => (
          <option key={item} value={item}>
            {t(`theme.${item}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
