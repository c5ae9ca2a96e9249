import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  info: { icon: Info, box: 'border-line bg-accent-soft', ink: 'text-accent' },
  good: { icon: CircleCheck, box: 'border-good/40 bg-good-soft', ink: 'text-good' },
  warn: { icon: TriangleAlert, box: 'border-warn/40 bg-warn-soft', ink: 'text-warn' },
  bad: { icon: CircleAlert, box: 'border-bad/40 bg-bad-soft', ink: 'text-bad' },
} as const;

/** A framed message. `live` makes a screen reader speak it when it appears. */
export function Notice(props: {
  tone?: keyof typeof tones;
  title?: ReactNode;
  live?: boolean;
  children?: ReactNode;
  className?: string;
}) {
  const { icon: Icon, box, ink } = tones[props.tone ?? 'info'];
  return (
    <div
      {...(props.live ? { role: 'alert' } : {})}
      className={clsx('flex gap-3 rounded-lg border px-4 py-3', box, props.className)}
    >
      <Icon aria-hidden size={18} className={clsx('mt-0.5 shrink-0', ink)} />
      <div className="min-w-0 flex-1 space-y-1.5 [overflow-wrap:anywhere]">
        {props.title && <p className="font-semibold">{props.title}</p>}
        {props.children}
      </div>
    </div>
  );
}
