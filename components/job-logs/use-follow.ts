'use client';

import { useLayoutEffect, useRef, useState } from 'react';

const nearEndPx = 24;

function isAtEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx;
}

/**
 * Text that grows, in a box that keeps its end in sight until the reader scrolls up or selects. From then on the text
 * stands still, so that nothing moves under the eye, until the reader asks for the end again.
 */
export function useFollow(text: string) {
  const ref = useRef<HTMLElement>(null);
  const [held, setHeld] = useState<string>();
  const shown = held ?? text;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the box has a new height whenever the text changed.
  useLayoutEffect(() => {
    const box = ref.current;
    if (box && held === undefined) box.scrollTop = box.scrollHeight;
  }, [shown, held]);

  const hold = () => setHeld((before) => before ?? text);
  return {
    shown,
    isFollowing: held === undefined,
    hasNews: held !== undefined && held !== text,
    resume: () => setHeld(undefined),
    box: {
      ref,
      onScroll: () => {
        const box = ref.current;
        if (!box) return;
        if (!isAtEnd(box)) hold();
        else if (window.getSelection()?.isCollapsed !== false) setHeld(undefined);
      },
      onPointerUp: () => {
        if (window.getSelection()?.isCollapsed === false) hold();
      },
    },
  };
}
