'use client';

import { JsonBlock } from '@/components/job/json-block';
import { Time } from '@/components/ui/time';
import { submissionTag } from '@/lib/dlc/mark';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionView } from '@/lib/query/submission-view';

/** The body of CreateJob as it went out, with who sent it and when. */
export function SentBody({ submission, open }: { submission: SubmissionView; open?: boolean }) {
  const { t } = useText();
  return (
    <JsonBlock title={t('sent.title')} value={submission.body} {...(open && { open })}>
      <p>
        {t('sent.by', { who: submission.who })} · <Time value={submission.submittedAt} />
      </p>
      <p>
        {t('sent.masked')} {t('sent.mark', { tag: submissionTag })}
      </p>
    </JsonBlock>
  );
}
