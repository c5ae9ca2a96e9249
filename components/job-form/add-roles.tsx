'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { nextRoles } from '@/lib/dlc/parking';
import { useText } from '@/lib/i18n/text-context';
import { useSettledDraft } from './form-context';

type Props = {
  jobType: string;
  offered: readonly string[];
  onAdd: (type: string) => void;
};

/** One button a role; those that are there already are greyed, with the reason beside them. */
export function AddRoles({ jobType, offered, onAdd }: Props) {
  const { t } = useText();
  const present = new Set(useSettledDraft().JobSpecs.map(({ Type }) => Type));
  const next = nextRoles(jobType, offered, present);
  const all = [...offered, ...next.filter((type) => !offered.includes(type))];
  return (
    <div className="space-y-1.5">
      <div className="flex flex-wrap gap-2">
        {all.map((type) => (
          <Button
            key={type}
            small
            disabled={!next.includes(type)}
            {...(next.includes(type) ? {} : { title: t('form.role.present', { role: type }) })}
            onClick={() => onAdd(type)}
          >
            <Plus aria-hidden size={15} />
            {t('form.role.add', { role: type })}
          </Button>
        ))}
      </div>
      {all.length > next.length && <p className="text-muted text-sm">{t('form.role.addHint')}</p>}
    </div>
  );
}
