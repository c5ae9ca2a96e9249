'use client';

import { useSyncExternalStore } from 'react';
import { useFormContext } from 'react-hook-form';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Notice } from '@/components/ui/notice';
import { carriedPaths, type Draft, toBody } from '@/lib/dlc/draft';
import { submissionTag, withMark } from '@/lib/dlc/mark';
import { bodyBytes, maxBodyBytes } from '@/lib/dlc/rules';
import { maskSecrets } from '@/lib/dlc/secrets';
import { warnings } from '@/lib/dlc/warnings';
import { useText } from '@/lib/i18n/text-context';
import { useJobForm } from './form-context';
import { ReviewWords } from './review-words';
import { WarningList } from './warning-list';

const billing = {
  en: 'https://www.alibabacloud.com/help/en/pai/product-overview/billing-of-dlc',
  'zh-CN': 'https://help.aliyun.com/zh/pai/product-overview/billing-of-dlc',
};

/** "Not supported yet" by the CreateJob page: carried, and said. */
const unsupported = ['ElasticSpec', 'DebuggerConfigContent'];

type Props = { isLocal: boolean; submissionId: string; go: (name: string) => void };

export function ReviewStep({ isLocal, submissionId, go }: Props) {
  const { t, locale } = useText();
  const { getValues } = useFormContext<Draft>();
  const { faults } = useJobForm();
  const ready = useSyncExternalStore(
    faults.subscribe,
    () => faults.all().size === 0,
    () => true,
  );
  const draft = getValues();
  const body = withMark(toBody(draft), submissionId);
  const text = JSON.stringify(maskSecrets(body), null, 2);
  const carried = carriedPaths(draft);
  const list = new Intl.ListFormat(locale);
  const refused = carried.filter((path) => unsupported.includes(path));
  return (
    <div className="space-y-4">
      <ReviewWords draft={draft} />
      <WarningList draft={draft} warnings={warnings(body)} go={go} />
      <p className="text-muted">{t(ready ? 'form.review.ready' : 'form.review.notReady')}</p>
      {carried.length > 0 && (
        <Notice>
          <p>{t('form.carried', { paths: list.format(carried) })}</p>
          {refused.length > 0 && <p>{t('form.carried.unsupported', { names: list.format(refused) })}</p>}
        </Notice>
      )}
      <Card
        title={t('form.review.json')}
        aside={
          <span className="flex items-center gap-2 text-muted text-sm">
            {t('form.review.bytes', { bytes: bodyBytes(body), max: maxBodyBytes })}
            <CopyButton text={text} what="JSON" />
          </span>
        }
      >
        <pre className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">{text}</pre>
      </Card>
      <p className="text-muted text-sm">{t('form.review.mark', { tag: submissionTag })}</p>
      <p className="text-muted text-sm">
        {isLocal ? (
          t('form.review.local')
        ) : (
          <>
            {t('form.review.billing')}{' '}
            <a className="text-accent underline" href={billing[locale]} target="_blank" rel="noreferrer">
              {t('form.review.billingLink')}
            </a>
          </>
        )}
      </p>
    </div>
  );
}
