'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { Draft } from '@/lib/dlc/draft';
import { newAutosave } from '@/lib/form/autosave';
import { checkDraft } from '@/lib/form/check-draft';
import { type DraftRecord, draftKey, readDraft } from '@/lib/form/draft-store';
import { newFaultStore } from '@/lib/form/fault-store';
import { parseStep, type Step, stepAfter, stepOf } from '@/lib/form/steps';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';
import { DraftNotices } from './draft-notices';
import { FaultSummary } from './fault-summary';
import { focusControl } from './focus-control';
import { FormContextProvider } from './form-context';
import { ResendChoice } from './resend-choice';
import { StepBar } from './step-bar';
import { StepContent } from './step-content';
import { StepNav } from './step-nav';
import { SubmitNotice } from './submit-notice';
import { type SubmitJob, useSubmit } from './use-submit';

type Props = { record: DraftRecord; submit: SubmitJob; isLocal: boolean; isPreview?: boolean };

/** Owns the draft: its values, its faults, where it is kept, which step is shown, and sending it. */
export function JobForm({ record, submit, isLocal, isPreview = false }: Props) {
  const { t } = useText();
  const form = useForm<Draft>({ defaultValues: record.draft });
  const [faults] = useState(newFaultStore);
  const [autosave] = useState(() =>
    newAutosave(record, form.getValues, (draft) => faults.set(checkDraft(draft, record.submissionId))),
  );
  const { state, send, sendAsNew, resend, setResend } = useSubmit(submit, autosave, faults);
  const step = parseStep(useSearchParams().get('step'));
  const heading = useRef<HTMLHeadingElement>(null);
  const summary = useRef<HTMLElement>(null);
  const wanted = useRef<{ step: Step; name: string | undefined }>(undefined);

  const check = () => faults.set(checkDraft(form.getValues(), autosave.record().submissionId));

  useEffect(() => {
    faults.set(checkDraft(form.getValues(), record.submissionId));
    const takeOver = ({ key }: StorageEvent) => {
      const other = key === draftKey(record.id) ? readDraft(record.id) : undefined;
      if (!other || !autosave.adopt(other)) return;
      form.reset(other.draft);
      faults.set(checkDraft(other.draft, other.submissionId));
    };
    const ask = (event: BeforeUnloadEvent) => {
      if (autosave.state().refused) event.preventDefault();
    };
    window.addEventListener('storage', takeOver);
    window.addEventListener('pagehide', autosave.flush);
    window.addEventListener('beforeunload', ask);
    return () => {
      autosave.flush();
      window.removeEventListener('storage', takeOver);
      window.removeEventListener('pagehide', autosave.flush);
      window.removeEventListener('beforeunload', ask);
    };
  }, [form, autosave, faults, record]);

  // After a step is drawn: to the control that was asked for, else to the step's heading. Not on arrival.
  useEffect(() => {
    if (wanted.current?.step !== step) return;
    const { name } = wanted.current;
    wanted.current = undefined;
    if (name === undefined) heading.current?.focus();
    else focusControl(name);
  }, [step]);

  const go = (to: Step, name?: string) => {
    check();
    if (to !== step) {
      wanted.current = { step: to, name };
      window.history.pushState(null, '', routes.draft(record.id, to));
    } else if (name === undefined) heading.current?.focus();
    else focusControl(name);
  };

  const goTo = (name: string) => go(stepOf(name), name);

  const trySend = (act: (draft: Draft) => void) => {
    check();
    faults.revealAll();
    if (faults.all().size > 0) return summary.current?.focus();
    autosave.flush();
    act(form.getValues());
  };

  // Not by form.subscribe: with every key it copies the whole draft.
  const change = useCallback(
    (name: string) => {
      faults.forgive(name);
      autosave.schedule();
    },
    [faults, autosave],
  );
  const setValue: typeof form.setValue = useCallback(
    (name, value, options) => {
      form.setValue(name, value, options);
      change(name);
    },
    [form, change],
  );
  const context = useMemo(
    () => ({
      faults,
      autosave,
      change,
      leave: (name: string) => {
        faults.set(checkDraft(form.getValues(), autosave.record().submissionId));
        faults.leave(name);
      },
    }),
    [faults, form, autosave, change],
  );

  const onSubmit = (event: React.FormEvent) => {
    event.preventDefault();
    const next = stepAfter(step, 1);
    if (next) go(next);
    else trySend(send);
  };

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const by =
      event.altKey && event.key === 'PageDown' ? 1 : event.altKey && event.key === 'PageUp' ? -1 : undefined;
    const next = by && stepAfter(step, by);
    if (next) go(next);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (step === 'review') trySend(send);
      else go('review');
    } else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  return (
    <FormProvider {...form} setValue={setValue}>
      <FormContextProvider value={context}>
        {!isPreview && <DraftNotices record={record} getDraft={form.getValues} />}
        <form
          noValidate
          onSubmit={onSubmit}
          className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-4 lg:grid-cols-[19rem_minmax(0,1fr)]"
        >
          <StepNav step={step} go={go} />
          <div className="min-w-0 space-y-5">
            <h2 ref={heading} tabIndex={-1} className="font-semibold text-xl">
              {t(`form.step.${step}`)}
            </h2>
            {step === 'review' && <FaultSummary ref={summary} go={goTo} />}
            {step === 'review' && (
              <SubmitNotice
                state={state}
                onAgain={() => trySend(sendAsNew)}
                submissionId={record.submissionId}
              />
            )}
            <StepContent step={step} isLocal={isLocal} submissionId={record.submissionId} go={goTo} />
            {step === 'review' && <ResendChoice chosen={resend} choose={setResend} />}
            <StepBar step={step} go={go} autosave={autosave} isSending={state.phase === 'sending'} />
          </div>
        </form>
      </FormContextProvider>
    </FormProvider>
  );
}
