'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { ScrollBox } from './scroll-box';

/** A JSON value behind its title, with what has to be known about it. */
export function JsonBlock(props: { title: string; value: unknown; children?: ReactNode; open?: boolean }) {
  const text = JSON.stringify(props.value, null, 2);
  return (
    <details open={props.open} className="rounded-lg border border-line bg-surface">
      <summary className="min-h-9 px-4 py-2.5 font-semibold">{props.title}</summary>
      <div className="space-y-2 border-line border-t p-4">
        <div className="flex flex-wrap items-start justify-between gap-2 text-muted text-sm">
          <div className="max-w-prose">{props.children}</div>
          <CopyButton text={text} what={props.title} />
        </div>
        <ScrollBox label={props.title} className="max-h-[32rem] rounded-md bg-sunken">
          <pre className="whitespace-pre-wrap p-3 text-sm [overflow-wrap:anywhere]">{text}</pre>
        </ScrollBox>
      </div>
    </details>
  );
}
