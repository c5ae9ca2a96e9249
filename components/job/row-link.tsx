'use client';

import { LoaderCircle } from 'lucide-react';
import Link, { useLinkStatus } from 'next/link';
import type { ReactNode } from 'react';

/** The name of a row, leading to its page. Not fetched ahead: a list would ask the API once for each of its rows. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="font-medium text-accent [overflow-wrap:anywhere] hover:underline"
    >
      {children}
      <Opening />
    </Link>
  );
}

function Opening() {
  const { pending } = useLinkStatus();
  return pending ? (
    <LoaderCircle aria-hidden size={14} className="ms-1.5 inline motion-safe:animate-spin" />
  ) : null;
}
