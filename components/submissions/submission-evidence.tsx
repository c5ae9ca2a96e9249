'use client';

import { Facts } from '@/components/job/facts';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Time } from '@/components/ui/time';
import { submissionTag } from '@/lib/dlc/mark';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionView } from '@/lib/query/submission-view';
import { SubmissionBadge } from './submission-badge';

/** Everything the ledger holds on how a submission came to its state. */
export function SubmissionEvidence({ submission }: { submission: SubmissionView }) {
  const { t } = useText();
  const mark = `${submissionTag}=${submission.id}`;
  return (
    <Card title={t('submission.evidence')}>
      <div className="grid gap-6 md:grid-cols-2">
        <Facts
          facts={[
            { name: t('submission.when'), value: <Time value={submission.submittedAt} /> },
            {
              name: t('submission.sent'),
              value: submission.sentAt ? <Time value={submission.sentAt} /> : t('submission.notSent'),
            },
            { name: t('submission.who'), value: submission.who },
            { name: t('submission.identity'), value: <code className="text-sm">{submission.identity}</code> },
            { name: t('submission.region'), value: submission.region ?? '–' },
            { name: t('submission.endpoint'), value: submission.endpoint },
            {
              name: t('submission.mark'),
              value: (
                <>
                  <code className="text-sm">{mark}</code>
                  <CopyButton text={mark} what={t('submission.mark')} />
                </>
              ),
            },
          ]}
        />
        <ol aria-label={t('submission.events')} className="space-y-2">
          {submission.events.map((event) => (
            <li key={`${event.at} ${event.state}`} className="flex flex-wrap items-baseline gap-x-3">
              <span className="text-muted text-sm">
                <Time value={event.at} />
              </span>
              <SubmissionBadge state={event.state} />
              {event.why && <span className="text-sm">{t(`submission.why.${event.why}`)}</span>}
              {event.decidedBy && (
                <span className="text-sm">{t('submission.decidedBy', { who: event.decidedBy })}</span>
              )}
              {event.detail && (
                <code className="text-muted text-sm [overflow-wrap:anywhere]">{event.detail}</code>
              )}
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
