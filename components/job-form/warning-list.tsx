'use client';

import { Notice } from '@/components/ui/notice';
import { type Draft, toControlName } from '@/lib/dlc/draft';
import type { Warning } from '@/lib/dlc/warnings';
import { useText } from '@/lib/i18n/text-context';

/** What is allowed and may still surprise; each leads to its control. */
export function WarningList(props: { draft: Draft; warnings: Warning[]; go: (name: string) => void }) {
  const { t } = useText();
  if (props.warnings.length === 0) return null;
  return (
    <Notice tone="warn" title={t('form.warnings.title')}>
      <ul className="space-y-1">
        {props.warnings.map(({ path, key, params }) => {
          const name = toControlName(props.draft, path);
          const sentence = t(`warning.${key}`, params);
          return (
            <li key={key}>
              {name === '' ? (
                sentence
              ) : (
                <button type="button" className="min-h-6 text-start underline" onClick={() => props.go(name)}>
                  {sentence}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
