'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname() === href;
  return (
    <Link
      href={href}
      prefetch={false}
      {...(here ? { 'aria-current': 'page' as const } : {})}
      className={cn(
        'rounded-md px-2.5 py-1',
        here ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-sunken',
      )}
    >
      {children}
    </Link>
  );
}
