import type { ReactNode } from 'react';

/** What a page or a section shows when there is nothing in it, with the way out. */
export function EmptyState(props: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mx-auto max-w-prose space-y-3 px-4 py-12 text-center">
      <h2 className="font-semibold text-lg">{props.title}</h2>
      <div className="text-muted">{props.children}</div>
      {props.actions && <div className="flex flex-wrap justify-center gap-2 pt-2">{props.actions}</div>}
    </div>
  );
}
