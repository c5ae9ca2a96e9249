'use client';

import { clsx } from 'clsx';
import {
  CircleCheck,
  CircleDashed,
  CirclePlay,
  CircleQuestionMark,
  CircleStop,
  CircleX,
  Hourglass,
  type LucideIcon,
} from 'lucide-react';
import type { StatusTone } from '@/lib/dlc/status';
import { useText } from '@/lib/i18n/text-context';
import { describeStatus, toStatusTone } from './describe-status';

/** `unsure`: what happened is not known, and may matter. */
export type BadgeTone = StatusTone | 'unsure';

const shapes: Record<BadgeTone, { icon: LucideIcon; look: string }> = {
  waiting: { icon: Hourglass, look: 'border-warn/40 bg-warn-soft text-warn' },
  running: { icon: CirclePlay, look: 'border-accent/40 bg-accent-soft text-accent' },
  succeeded: { icon: CircleCheck, look: 'border-good/40 bg-good-soft text-good' },
  failed: { icon: CircleX, look: 'border-bad/40 bg-bad-soft text-bad' },
  stopped: { icon: CircleStop, look: 'border-line bg-sunken text-muted' },
  unknown: { icon: CircleDashed, look: 'border-line bg-sunken text-muted' },
  unsure: { icon: CircleQuestionMark, look: 'border-warn/40 bg-warn-soft text-warn' },
};

/** A word and a shape besides the colour. */
export function Badge(props: { tone: BadgeTone; children: string; title?: string; className?: string }) {
  const { icon: Icon, look } = shapes[props.tone];
  return (
    <span
      title={props.title}
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap rounded-full border px-2 py-0.5 font-medium text-sm',
        look,
        props.className,
      )}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      {props.children}
    </span>
  );
}

/** A job's or a pod's status. The API's own word is on hover where another language shows. */
export function StatusBadge({ status, className }: { status: string; className?: string }) {
  const text = useText();
  const word = describeStatus(text, status);
  return (
    <Badge
      tone={toStatusTone(status)}
      {...(word !== status && { title: status })}
      {...(className && { className })}
    >
      {word}
    </Badge>
  );
}
