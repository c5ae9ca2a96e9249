'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import type { ApiAnswer, Problem } from '@/lib/problem';

/** What went wrong, what it means for the reader, and the API's own words. `wrote` tells a lost write from a lost read. */
export function ProblemNotice({
  problem,
  wrote = false,
  live = true,
}: {
  problem: Problem;
  wrote?: boolean;
  live?: boolean;
}) {
  const { t } = useText();
  return (
    <Notice
      tone={problem.kind === 'unconfirmed' && wrote ? 'warn' : 'bad'}
      title={t(`problem.${toOwnCause(problem) ?? problem.kind}.title`)}
      live={live}
    >
      <Meaning problem={problem} wrote={wrote} />
      {'api' in problem && problem.api && <ApiWords api={problem.api} />}
    </Notice>
  );
}

/** Why Jobwright itself sent nothing: it was being stopped, or cannot write its record. */
function toOwnCause(problem: Problem): 'restarting' | 'store' | undefined {
  if (problem.kind !== 'unreachable') return undefined;
  if (problem.reason === 'shutting-down') return 'restarting';
  return problem.reason === 'store' ? 'store' : undefined;
}

function Meaning({ problem, wrote }: { problem: Problem; wrote: boolean }) {
  const { t, sentence } = useText();
  switch (problem.kind) {
    case 'invalid':
      return (
        <ul>
          {problem.faults.map((fault) => (
            <li key={`${fault.path.join('.')} ${fault.key}`}>
              <code className="text-sm">{fault.path.join('.')}</code> {sentence(fault)}
            </li>
          ))}
        </ul>
      );
    case 'denied':
      return (
        <p>
          {problem.api.action
            ? t('problem.denied.permission', { action: problem.api.action })
            : t('problem.denied.text')}
        </p>
      );
    case 'refused':
      return (
        <p>
          {problem.api.status === 404 ? t('problem.refused.notFound') : t('problem.refused.text')}{' '}
          {problem.api.retryAfterSeconds !== undefined &&
            t('problem.refused.retryAfter', { seconds: problem.api.retryAfterSeconds })}
        </p>
      );
    case 'unreachable': {
      const own = toOwnCause(problem);
      if (own) return <p>{t(`problem.${own}.text`)}</p>;
      return (
        <p>
          {t('problem.unreachable.text')} {t('problem.unreachable.reason', { reason: problem.reason })}
        </p>
      );
    }
    case 'unconfirmed':
      return (
        <p>
          {t(`problem.reason.${problem.reason}`)}{' '}
          {t(wrote ? 'problem.unconfirmed.write' : 'problem.unconfirmed.read')}
        </p>
      );
  }
}

function ApiWords({ api }: { api: ApiAnswer }) {
  const { t } = useText();
  return (
    <div className="space-y-1 text-sm">
      {api.message && (
        <p>
          {t('problem.api.said')}: <q className="whitespace-pre-wrap">{api.message}</q>
        </p>
      )}
      <p className="flex flex-wrap items-center gap-x-4">
        {api.code && (
          <span>
            {t('problem.api.code')} <code>{api.code}</code>
          </span>
        )}
        {api.requestId && (
          <span>
            {t('problem.api.requestId')} <code>{api.requestId}</code>{' '}
            <CopyButton text={api.requestId} what="RequestId" />
          </span>
        )}
        {api.recommend && (
          <a className="text-accent underline" href={api.recommend} target="_blank" rel="noreferrer">
            {t('problem.api.help')}
          </a>
        )}
      </p>
    </div>
  );
}
