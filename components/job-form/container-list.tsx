'use client';

import { Plus, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { type ContainerDraft, newContainer } from '@/lib/dlc/draft';
import { useText } from '@/lib/i18n/text-context';
import { TextField, useField } from './fields';
import { MoveButtons, moveByKey, type Place } from './move-buttons';
import { MapRows, TextRows } from './rows';
import { useRows } from './use-rows';

type Group = 'SideCarContainers' | 'InitContainers';

export function ContainerList({ name, group }: { name: string; group: Group }) {
  const { t } = useText();
  const { label, aside, hint } = useField(name);
  const containers = useRows<ContainerDraft>(
    name,
    ({ Name }, index) => Name || t(`form.container.title.${group}`, { number: index + 1 }),
  );
  return (
    <section className="space-y-3" id={name} tabIndex={-1} aria-label={label}>
      <div>
        <h3 className="font-medium">
          {label} {aside}
        </h3>
        <p className="text-muted text-sm">{hint}</p>
      </div>
      {containers.draw((index) => (
        <Container
          name={`${name}.${index}`}
          title={t(`form.container.title.${group}`, { number: index + 1 })}
          place={{ index, count: containers.count, move: containers.move }}
          onRemove={() => containers.remove(index)}
        />
      ))}
      <Button small onClick={() => containers.append(newContainer())}>
        <Plus aria-hidden size={15} />
        {t(`form.container.add.${group}`)}
      </Button>
    </section>
  );
}

function Container(props: { name: string; title: string; place: Place; onRemove: () => void }) {
  const { t } = useText();
  const { name, title, place, onRemove } = props;
  return (
    <fieldset
      className="space-y-4 rounded-md border border-line bg-sunken p-3"
      onKeyDown={(event) => moveByKey(event, place)}
    >
      <legend className="sr-only">{title}</legend>
      <div className="flex items-center justify-between">
        <span aria-hidden className="font-medium">
          {title}
        </span>
        <span className="flex items-center gap-1">
          <MoveButtons
            place={place}
            up={t('form.role.up', { role: title })}
            down={t('form.role.down', { role: title })}
            small
          />
          <Button small look="quiet" onClick={onRemove} aria-label={t('form.role.remove', { role: title })}>
            <Trash2 aria-hidden size={15} />
            {t('form.container.remove')}
          </Button>
        </span>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField name={`${name}.Name`} />
        <TextField name={`${name}.WorkingDir`} mono />
        <TextField name={`${name}.Image`} mono className="sm:col-span-2" />
        <TextRows name={`${name}.Command`} />
        <TextRows name={`${name}.Args`} />
      </div>
      <MapRows name={`${name}.Env`} keyName="Name" valueName="Value" />
      <div className="grid gap-4 sm:grid-cols-2">
        <MapRows name={`${name}.Resources.Limits`} />
        <MapRows name={`${name}.Resources.Requests`} />
      </div>
    </fieldset>
  );
}
