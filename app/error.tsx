'use client';

import { Button, LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/lib/i18n/text-context';
import { routes } from '@/lib/routes';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const { t } = useText();
  return (
    <div className="space-y-4">
      <h1 className="font-semibold text-2xl">{t('error.title')}</h1>
      <Notice tone="bad" live>
        <p>{t('error.text')}</p>
        {error.digest && <p className="text-sm">{t('error.digest', { digest: error.digest })}</p>}
      </Notice>
      <div className="flex gap-2">
        <Button look="primary" onClick={reset}>
          {t('retry')}
        </Button>
        <LinkButton href={routes.jobs}>{t('back.jobs')}</LinkButton>
      </div>
    </div>
  );
}
