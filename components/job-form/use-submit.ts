'use client';

import { unstable_isUnrecognizedActionError as isUnrecognizedActionError, useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { type Draft, toBody } from '@/lib/dlc/draft';
import { refusedField } from '@/lib/dlc/refusals';
import type { Autosave } from '@/lib/form/autosave';
import { nameFaults } from '@/lib/form/check-draft';
import type { FaultStore } from '@/lib/form/fault-store';
import { newId } from '@/lib/form/ids';
import type { Fault, Problem } from '@/lib/problem';
import type { SubmitOutcome } from '@/lib/query/submit-outcome';
import type { Result } from '@/lib/result';
import { routes } from '@/lib/routes';

export type SubmitJob = (
  body: unknown,
  submissionId: string,
  /** The attempt whose refusal was shown, to be tried once more. */
  again: number | undefined,
  /** Whether to submit it once more without a press when it is proven that no job exists. */
  resend: boolean,
) => Promise<Result<SubmitOutcome, Problem>>;

export type SubmitState =
  | { phase: 'idle' | 'sending' | 'lost' | 'stale' }
  | { phase: 'problem'; problem: Problem }
  | { phase: 'conflict'; jobId: string | undefined };

/** Faults for the controls a problem concerns. */
function faultsOf(problem: Problem): Fault[] {
  if (problem.kind === 'invalid') return problem.faults;
  if (problem.kind !== 'refused') return [];
  const field = refusedField(problem.api);
  return field ? [{ path: [field], key: 'api.said', params: { message: problem.api.message } }] : [];
}

/** Sends a draft that was found whole. While one press is under way another does nothing. */
export function useSubmit(submit: SubmitJob, autosave: Autosave, faults: FaultStore) {
  const router = useRouter();
  const [state, setState] = useState<SubmitState>({ phase: 'idle' });
  const busy = useRef(false);
  const refusedAttempt = useRef<number>(undefined);
  const [resend, setResend] = useState(false);

  const take = (draft: Draft, outcome: SubmitOutcome) => {
    switch (outcome.state) {
      case 'accepted':
        autosave.write({ sentAs: outcome.jobId });
        router.push(routes.job(outcome.jobId));
        return;
      case 'sending':
      case 'unconfirmed':
        router.push(routes.submission(outcome.submissionId));
        return;
      case 'conflict':
        setState({ phase: 'conflict', jobId: outcome.jobId });
        return;
      case 'refused':
        refusedAttempt.current = outcome.attempt;
        faults.setRefused(nameFaults(draft, faultsOf(outcome.problem)));
        setState({ phase: 'problem', problem: outcome.problem });
    }
  };

  const send = async (draft: Draft) => {
    if (busy.current) return;
    busy.current = true;
    setState({ phase: 'sending' });
    try {
      const { submissionId } = autosave.record();
      const answer = await submit(toBody(draft), submissionId, refusedAttempt.current, resend);
      if (answer.ok) take(draft, answer.value);
      else {
        faults.setRefused(nameFaults(draft, faultsOf(answer.problem)));
        setState({ phase: 'problem', problem: answer.problem });
      }
    } catch (error) {
      setState({ phase: isUnrecognizedActionError(error) ? 'stale' : 'lost' });
    } finally {
      busy.current = false;
    }
  };

  /** The draft was changed after it was sent: it becomes a submission of its own. */
  const sendAsNew = (draft: Draft) => {
    autosave.write({ submissionId: newId() });
    return send(draft);
  };
  return { state, send, sendAsNew, resend, setResend };
}
