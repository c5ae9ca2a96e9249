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
      title={t(isRestarting(problem) ? 'problem.restarting.title' : `problem.${problem.kind}.title`)}
      live={live}
    >
      <Meaning problem={problem} wrote={wrote} />
      {'api' in problem && problem.api && <ApiWords api={problem.api} />}
    </Notice>
  );
}

/** Jobwright itself refused, since it was being stopped. */
function isRestarting(problem: Problem): boolean {
  return problem.kind === 'unreachable' && problem.reason === 'shutting-down';
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
    case 'unreachable':
      if (isRestarting(problem)) return <p>{t('problem.restarting.text')}</p>;
      return (
        <p>
          {t('problem.unreachable.text')} {t('problem.unreachable.reason', { reason: problem.reason })}
        </p>
      );
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
