'use client';

import { Badge, type BadgeTone } from '@/components/job/status-badge';
import { useText } from '@/lib/i18n/text-context';
import type { SubmissionState } from '@/lib/query/submission-view';

const tones: Record<SubmissionState, BadgeTone> = {
  reserved: 'waiting',
  sending: 'waiting',
  accepted: 'succeeded',
  refused: 'failed',
  unconfirmed: 'unsure',
  'not-created': 'stopped',
  'needs-attention': 'unsure',
  cancelled: 'stopped',
};

export function SubmissionBadge({ state }: { state: SubmissionState }) {
  const { t } = useText();
  return (
    <Badge tone={tones[state]} title={state}>
      {t(`submission.state.${state}`)}
    </Badge>
  );
}
