import { clsx } from 'clsx';
import Link from 'next/link';
import type { ComponentProps } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  plain: 'bg-surface text-ink border-edge hover:bg-sunken',
  quiet: 'border-transparent text-accent hover:bg-accent-soft',
  danger: 'bg-surface text-bad border-bad hover:bg-bad-soft',
} as const;

type Look = { look?: keyof typeof looks; small?: boolean; icon?: boolean };

/** Joins without settling conflicts: what a caller adds must not contradict these. */
function classes({ look = 'plain', small = false, icon = false }: Look, className?: string) {
  return clsx(
    'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium motion-safe:transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-60',
    small ? 'min-h-7 px-2 text-sm' : icon ? 'min-h-9 px-1.5' : 'min-h-9 px-3.5',
    looks[look],
    className,
  );
}

export function Button({ look, small, icon, className, ...props }: ComponentProps<'button'> & Look) {
  const given = { ...(look && { look }), ...(small && { small }), ...(icon && { icon }) };
  return <button type="button" {...props} className={classes(given, className)} />;
}

export function LinkButton({ look, small, className, ...props }: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...props} className={classes({ ...(look && { look }), ...(small && { small }) }, className)} />
  );
}
