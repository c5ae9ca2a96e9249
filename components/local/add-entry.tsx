'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useRef, useState, useTransition } from 'react';
import { ProblemNotice } from '@/components/job/problem-notice';
import { Button } from '@/components/ui/button';
import { CheckField, control, Field } from '@/components/ui/field';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import { settleAction } from '@/lib/query/settle-action';
import type { Result } from '@/lib/result';
import { faultOf } from './fault-of';

export type EntryField = {
  name: string;
  label: string;
  /** The API's name, with which its refusals begin. */
  wireName: string;
  hint?: string;
  initial?: string;
  required?: boolean;
  secret?: boolean;
  check?: boolean;
};

type Props = {
  id: string;
  title: string;
  fields: EntryField[];
  add: (given: FormData) => Promise<Result<null, Problem>>;
};

/** A form that keeps what was typed until it has been taken, and says a refusal beside the field it is about. */
export function AddEntry({ id, title, fields, add }: Props) {
  const { t } = useText();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<Problem>();
  const [pending, start] = useTransition();
  const wireNames = fields.map(({ wireName }) => wireName);
  const fault = problem && faultOf(problem, wireNames);
  const words = fault && (fault.key ? t(fault.key, fault.params) : fault.said);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    start(async () => {
      const answer = await settleAction(add(given));
      if (answer.ok) form.current?.reset();
      setProblem(answer.ok ? undefined : answer.problem);
      const at = answer.ok ? undefined : faultOf(answer.problem, wireNames)?.wireName;
      const wrong = fields.find(({ wireName }) => wireName === at);
      if (wrong) document.getElementById(`${id}-${wrong.name}`)?.focus();
      router.refresh();
    });
  };
  return (
    <details className="border-line border-t pt-3">
      <summary className="min-h-7 font-medium text-accent">{title}</summary>
      <form ref={form} onSubmit={submit} aria-label={title} className="mt-3 space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {fields.map((field) => {
            const Shape = field.check ? CheckField : Field;
            const error = fault?.wireName === field.wireName ? words : undefined;
            return (
              <Shape
                key={field.name}
                id={`${id}-${field.name}`}
                label={field.label}
                {...(field.hint ? { hint: field.hint } : {})}
                {...(error ? { error } : {})}
                {...(field.required ? { required: true } : {})}
              >
                {(props) =>
                  field.check ? (
                    <input {...props} type="checkbox" name={field.name} className="size-4 accent-accent" />
                  ) : (
                    <input
                      {...props}
                      name={field.name}
                      type={field.secret ? 'password' : 'text'}
                      autoComplete="off"
                      spellCheck={false}
                      defaultValue={field.initial}
                      className={control}
                    />
                  )
                }
              </Shape>
            );
          })}
        </div>
        {problem && !fault && <ProblemNotice problem={problem} wrote />}
        <Button type="submit" look="primary" disabled={pending}>
          <Plus aria-hidden size={16} />
          {t(pending ? 'local.adding' : 'local.add')}
        </Button>
      </form>
    </details>
  );
}
