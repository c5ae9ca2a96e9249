'use client';

import { Languages } from 'lucide-react';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
  useTransition,
} from 'react';
import { Button } from '@/components/ui/button';
import { type Locale, localeNames, locales, parseLocale } from '@/lib/i18n/locale';
import { useText } from '@/lib/i18n/text-context';
import { parseTheme, type Theme, themes } from '@/lib/i18n/theme';

/** Each remembers a choice in a cookie; the page is then rendered again in it. */
export type PreferenceActions = {
  setLocale: (locale: Locale) => Promise<unknown>;
  setTheme: (theme: Theme) => Promise<unknown>;
};

/**
 * Language and theme, behind one button: they are seldom changed, and to lay out two choices, one in the glyphs of
 * another script, delayed the first paint of every page.
 */
export function Preferences({ theme, actions }: { theme: Theme; actions: PreferenceActions }) {
  const { t, locale } = useText();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(theme);
  const [failed, setFailed] = useState(false);
  const [, start] = useTransition();
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  const keep = (answer: Promise<unknown>) =>
    answer.then(
      () => setFailed(false),
      () => setFailed(true),
    );
  const chooseTheme = (value: Theme) => {
    document.documentElement.dataset.theme = value;
    setChosen(value);
    start(() => keep(actions.setTheme(value)));
  };
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it takes no keys itself, it hears those of what it holds.
    <div className="relative flex flex-wrap items-center gap-2" onBlur={leave} onKeyDown={closeByKey}>
      <span role="status" className="text-bad text-sm empty:hidden">
        {failed && t('preference.failed')}
      </span>
      <Button
        ref={button}
        look="quiet"
        small
        title={t('preference.label')}
        aria-label={t('preference.label')}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        <Languages aria-hidden size={18} />
      </Button>
      {open && (
        <div
          id={id}
          tabIndex={-1}
          className="floating absolute end-0 top-full z-40 mt-2 grid w-56 gap-3 rounded-lg border border-line bg-surface p-4"
        >
          <Choice
            label={t('language.label')}
            value={locale}
            onChoose={(value) => start(() => keep(actions.setLocale(parseLocale(value, null))))}
          >
            {locales.map((item) => (
              <option key={item} value={item} lang={item}>
                {localeNames[item]}
              </option>
            ))}
          </Choice>
          <Choice
            label={t('theme.label')}
            value={chosen}
            onChoose={(value) => chooseTheme(parseTheme(value))}
          >
            {themes.map((item) => (
              <option key={item} value={item}>
                {t(`theme.${item}`)}
              </option>
            ))}
          </Choice>
        </div>
      )}
    </div>
  );
}

function Choice(props: {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <label className="grid gap-1">
      <span className="text-sm">{props.label}</span>
      <select
        className="min-h-9 rounded-md border border-edge bg-surface px-2"
        value={props.value}
        onChange={(event) => props.onChoose(event.target.value)}
      >
        {props.children}
      </select>
    </label>
  );
}
