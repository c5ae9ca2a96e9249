import { clsx } from 'clsx';
import type { ReactNode, Ref, UIEventHandler } from 'react';

type Handlers = { ref?: Ref<HTMLElement>; onScroll?: UIEventHandler; onPointerUp?: () => void };

/** What is too large for its place scrolls inside it, by keyboard too: hence a name and a place in the tab order. */
export function ScrollBox(
  props: { label: string; children: ReactNode; className?: string; id?: string } & Handlers,
) {
  const { label, className, children, ...rest } = props;
  return (
    <section
      {...rest}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      className={clsx('relative overflow-auto', className)}
    >
      {children}
    </section>
  );
}
