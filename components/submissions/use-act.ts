'use client';

import { useState, useTransition } from 'react';
import type { Problem } from '@/lib/problem';
import { settleAction } from '@/lib/query/settle-action';
import type { Result } from '@/lib/result';

/** Runs one action at a time, then reads the submission again. */
export function useAct(read: () => void) {
  const [problem, setProblem] = useState<Problem>();
  const [isPending, start] = useTransition();
  const act = (run: () => Promise<Result<unknown, Problem>>) =>
    start(async () => {
      const answer = await settleAction(run());
      setProblem(answer.ok ? undefined : answer.problem);
      read();
    });
  return { problem, isPending, act };
}
