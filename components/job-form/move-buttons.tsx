'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';

/** One of several whose order counts. */
export type Place = { index: number; count: number; move: (from: number, to: number) => void };

/** Alt and an arrow move what holds the focus; the focus goes with it. */
export function moveByKey(event: KeyboardEvent<HTMLElement>, { index, count, move }: Place) {
  const to = index + (event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0);
  // A list inside another has answered the keys already.
  if (!event.altKey || to === index || event.defaultPrevented) return;
  event.preventDefault();
  if (to >= 0 && to < count) move(index, to);
}

/** `up` and `down` name the buttons. At an end they stay in the tab order, so that the focus is not lost there. */
export function MoveButtons(props: { place: Place; up: string; down: string; small?: boolean }) {
  const { index, count, move } = props.place;
  if (count < 2) return null;
  return [
    { to: index - 1, Icon: ChevronUp, label: props.up, keys: 'Alt+↑' },
    { to: index + 1, Icon: ChevronDown, label: props.down, keys: 'Alt+↓' },
  ].map(({ to, Icon, label, keys }) => (
    <Button
      key={keys}
      look="quiet"
      {...(props.small ? { small: true } : { icon: true })}
      className="aria-disabled:cursor-not-allowed aria-disabled:opacity-60"
      aria-label={label}
      title={`${label} (${keys})`}
      aria-disabled={to < 0 || to >= count}
      onClick={() => to >= 0 && to < count && move(index, to)}
    >
      <Icon aria-hidden size={16} />
    </Button>
  ));
}
