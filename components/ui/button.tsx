import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong border-transparent',
  plain: 'bg-surface text-ink border-edge hover:bg-sunken',
  quiet: 'border-transparent text-accent hover:bg-accent-soft',
  danger: 'bg-surface text-bad border-bad hover:bg-bad-soft',
} as const;

type Look = { look?: keyof typeof looks; small?: boolean };

function classes({ look = 'plain', small = false }: Look, className?: string) {
  return cn(
    'inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium motion-safe:transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-60',
    small ? 'min-h-7 px-2 text-sm' : 'min-h-9 px-3.5',
    looks[look],
    className,
  );
}

export function Button({ look, small, className, ...props }: ComponentProps<'button'> & Look) {
  return (
    <button
      type="button"
      {...props}
      className={classes({ ...(look && { look }), ...(small && { small }) }, className)}
    />
  );
}

export function LinkButton({ look, small, className, ...props }: ComponentProps<typeof Link> & Look) {
  return (
    <Link {...props} className={classes({ ...(look && { look }), ...(small && { small }) }, className)} />
  );
}
