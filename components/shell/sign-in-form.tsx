'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { useText } from '@/lib/i18n/text-context';
import type { Problem } from '@/lib/problem';
import type { Result } from '@/lib/result';

export function SignInForm({
  action,
  next,
}: {
  action: (token: unknown) => Promise<Result<null, Problem>>;
  next: string;
}) {
  const { t, sentence } = useText();
  const [wrong, setWrong] = useState<string>();
  const [pending, start] = useTransition();
  const submit = (form: FormData) =>
    start(async () => {
      const answer = await action(form.get('token'));
      // A full load: what was rendered for someone signed out must not linger in the router's cache.
      if (answer.ok) return window.location.assign(next);
      const [fault] = answer.problem.kind === 'invalid' ? answer.problem.faults : [];
      setWrong(fault ? sentence(fault) : t(`problem.${answer.problem.kind}.title`));
    });
  return (
    <form
      action={submit}
      className="mx-auto mt-10 max-w-md space-y-4 rounded-lg border border-line bg-surface p-6"
    >
      <h1 className="font-semibold text-2xl">{t('signIn.title')}</h1>
      <p className="text-muted">{t('signIn.text')}</p>
      <label className="block space-y-1">
        <span className="font-medium">{t('signIn.token')}</span>
        <input
          name="token"
          type="password"
          required
          autoComplete="current-password"
          aria-invalid={wrong !== undefined}
          aria-describedby="token-wrong"
          className="min-h-9 w-full rounded-md border border-edge bg-surface px-3"
        />
      </label>
      <p id="token-wrong" role="alert" className="text-bad empty:hidden">
        {wrong}
      </p>
      <Button type="submit" look="primary" disabled={pending}>
        {t('signIn.submit')}
      </Button>
    </form>
  );
}
