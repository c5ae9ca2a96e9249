'use client';

import { CheckField } from '@/components/ui/field';
import { useText } from '@/lib/i18n/text-context';

/** The one way in which a job is submitted without a press; never ticked by itself. */
export function ResendChoice({ chosen, choose }: { chosen: boolean; choose: (chosen: boolean) => void }) {
  const { t } = useText();
  return (
    <CheckField id="resend" label={t('form.resend')} hint={t('form.resend.hint')}>
      {(props) => (
        <input
          {...props}
          type="checkbox"
          checked={chosen}
          onChange={(event) => choose(event.target.checked)}
          className="size-4 accent-accent"
        />
      )}
    </CheckField>
  );
}
