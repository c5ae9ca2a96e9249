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
import { useText } from '@/lib/i18n/text-context';
import { useJobForm } from './form-context';

const billing = {
  en: 'https://www.alibabacloud.com/help/en/pai/product-overview/billing-of-dlc',
  'zh-CN': 'https://help.aliyun.com/zh/pai/product-overview/billing-of-dlc',
};

/** "Not supported yet" by the CreateJob page: carried, and said. */
const unsupported = ['ElasticSpec', 'DebuggerConfigContent'];

export function ReviewStep({ isLocal, submissionId }: { isLocal: boolean; submissionId: string }) {
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
  const refused = carried.filter((path) => unsupported.includes(path));
  return (
    <div className="space-y-4">
      <p className="text-muted">{t(ready ? 'form.review.ready' : 'form.review.notReady')}</p>
      {carried.length > 0 && (
        <Notice>
          <p>{t('form.carried', { paths: carried.join(', ') })}</p>
          {refused.length > 0 && <p>{t('form.carried.unsupported', { names: refused.join(', ') })}</p>}
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
        <section aria-label={t('form.review.json')}>
          <pre className="whitespace-pre-wrap font-mono text-sm [overflow-wrap:anywhere]">{text}</pre>
        </section>
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
