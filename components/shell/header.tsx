import { Plus } from 'lucide-react';
import Link from 'next/link';
import { LinkButton } from '@/components/ui/button';
import type { Text } from '@/lib/i18n/text';
import type { Theme } from '@/lib/i18n/theme';
import { routes } from '@/lib/routes';
import { NavLink } from './nav-link';
import { type PreferenceActions, Preferences } from './preferences';

/** `where` says what a submitted job will run on, or is undefined where nobody is signed in. */
export function Header(props: {
  text: Text;
  theme: Theme;
  where: { words: string; isLocal: boolean } | undefined;
  actions: PreferenceActions;
}) {
  const { where, theme } = props;
  const { t } = props.text;
  return (
    <header className="border-line border-b bg-surface">
      <a
        href="#content"
        className="-translate-y-16 absolute top-2 left-2 z-50 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        {t('nav.skip')}
      </a>
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-2 gap-y-2 px-4 py-2.5 sm:gap-x-5">
        <Link
          href={routes.jobs}
          className="flex items-center gap-1.5 font-semibold tracking-tight sm:gap-2 sm:text-lg"
        >
          <Mark />
          {t('app.name')}
        </Link>
        {where !== undefined && (
          <nav aria-label={t('nav.label')} className="flex items-center sm:gap-1">
            <NavLink href={routes.jobs}>{t('nav.jobs')}</NavLink>
            <NavLink href={routes.submissions}>{t('nav.submissions')}</NavLink>
          </nav>
        )}
        <div className="ms-auto flex flex-wrap items-center gap-x-1 gap-y-2 sm:gap-x-3">
          <Preferences theme={theme} actions={props.actions} />
          {where !== undefined && (
            <LinkButton href={routes.newJob} look="primary" small prefetch={false}>
              <Plus aria-hidden size={16} />
              <span className="max-sm:sr-only">{t('nav.new')}</span>
            </LinkButton>
          )}
        </div>
      </div>
      {where !== undefined && (
        <p className="border-line border-t bg-sunken">
          <span className="mx-auto block max-w-6xl px-4 py-1 text-muted text-sm">
            {where.words}{' '}
            {where.isLocal && (
              <Link href={routes.local} prefetch={false} className="whitespace-nowrap text-accent underline">
                {t('nav.local')}
              </Link>
            )}
          </span>
        </p>
      )}
    </header>
  );
}

function Mark() {
  return (
    <svg aria-hidden="true" width="24" height="24" viewBox="0 0 24 24" fill="none" className="text-accent">
      <path d="M5 19V9m0 10h14M5 9l7 5 7-9" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <circle cx="5" cy="8" r="2.6" fill="currentColor" />
      <circle cx="12" cy="14" r="2.6" fill="currentColor" />
      <circle cx="19" cy="5" r="2.6" fill="currentColor" />
      <circle cx="19" cy="19" r="2.6" fill="currentColor" />
    </svg>
  );
}
