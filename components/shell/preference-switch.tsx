'use client';

import { useState, useTransition } from 'react';
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
  const [failed, setFailed] = useState(false);
  const [, start] = useTransition();
  const settle = (answer: Promise<unknown>) =>
    answer.then(
      () => setFailed(false),
      () => setFailed(true),
    );
  const chooseTheme = (value: Theme) => {
    document.documentElement.dataset.theme = value;
    start(() => settle(actions.setTheme(value)));
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-bad text-sm empty:hidden">
        {failed && t('preference.failed')}
      </span>
      <select
        aria-label={t('language.label')}
        className={select}
        value={locale}
        onChange={(event) => {
          const chosen = parseLocale(event.target.value, null);
          start(() => settle(actions.setLocale(chosen)));
        }}
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
