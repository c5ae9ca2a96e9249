'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname() === href;
  return (
    <Link
      href={href}
      prefetch={false}
      {...(here ? { 'aria-current': 'page' as const } : {})}
      className={clsx(
        'rounded-md px-1.5 py-1 sm:px-2.5',
        here ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-sunken',
      )}
    >
      {children}
    </Link>
  );
}
