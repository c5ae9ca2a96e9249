'use client';

import { CopyButton } from '@/components/ui/copy-button';

/** An id of the API under its own name, to be read, selected or copied. */
export function Identifier({ name, value }: { name: string; value: string }) {
  if (value === '') return null;
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1.5">
      <span className="text-muted">{name}</span>
      <code className="select-all text-sm [overflow-wrap:anywhere]">{value}</code>
      <CopyButton text={value} what={name} />
    </span>
  );
}
