'use client';

import { clsx } from 'clsx';
import { memo } from 'react';
import { useFormContext } from 'react-hook-form';
import { CheckField, control, Field } from '@/components/ui/field';
import { fieldFacts, toFieldId } from '@/lib/form/fields';
import { useText } from '@/lib/i18n/text-context';
import { useFault, useJobForm } from './form-context';

/** Label, hint, example and fault of a control, by its name alone. */
export function useField(name: string) {
  const { t, sentence, find } = useText();
  const fault = useFault(name);
  const id = toFieldId(name);
  const facts = fieldFacts(name);
  const preset = facts.default && facts.default !== 'false' && t('form.default', { value: facts.default });
  const label = find(`field.${id}`) ?? facts.apiName;
  return {
    label,
    aside: (
      <FieldAside
        apiName={facts.isApi && facts.apiName !== label ? facts.apiName : ''}
        hasDefault={facts.default !== undefined}
      />
    ),
    hint: [find(`hint.${id}`), preset].filter(Boolean).join(' '),
    error: fault && sentence(fault),
    placeholder: facts.example && t('form.example', { value: facts.example }),
  };
}

/** The API's name, and a mark that shows by CSS alone while the control departs from the API's default. */
function FieldAside({ apiName, hasDefault }: { apiName: string; hasDefault: boolean }) {
  const { t } = useText();
  return (
    <>
      <code className="text-muted text-xs empty:hidden">{apiName}</code>
      {hasDefault && (
        <span className="hidden rounded bg-accent-soft px-1.5 text-accent text-xs group-has-[:checked,input:not(:placeholder-shown):not([type=checkbox])]/field:inline">
          {t('form.changed')}
        </span>
      )}
    </>
  );
}

/** Registers a native control; its fault may speak once it was left. */
export function useControl(name: string, onChange?: () => void) {
  const { register } = useFormContext();
  const { change, leave } = useJobForm();
  return register(name, {
    onBlur: () => leave(name),
    onChange: () => {
      change(name);
      onChange?.();
    },
  });
}

type TextFieldProps = {
  name: string;
  required?: boolean;
  /** A code-like value: monospaced, never spell-checked. */
  mono?: boolean;
  numeric?: boolean;
  /** Rows of a text area; an input where absent. */
  rows?: number;
  options?: readonly string[];
  /** In place of the schema's example. */
  placeholder?: string;
  className?: string;
};

export const TextField = memo(function TextField(props: TextFieldProps) {
  const { name, rows } = props;
  const { placeholder, ...field } = useField(name);
  const registered = useControl(name);
  const common = {
    ...registered,
    placeholder: props.placeholder ?? placeholder,
    spellCheck: false,
    autoCapitalize: 'off',
    autoComplete: 'off',
    className: clsx(control, props.mono && 'font-mono text-sm', rows && 'field-sizing-content'),
  };
  return (
    <Field id={name} {...field} required={props.required ?? false} className={props.className ?? ''}>
      {(aria) =>
        rows ? (
          <textarea {...common} {...aria} rows={rows} style={{ minHeight: `${rows * 1.6}em` }} />
        ) : (
          <>
            <input
              {...common}
              {...aria}
              type="text"
              {...(props.numeric ? { inputMode: 'numeric' as const } : {})}
              {...(props.options ? { list: `${name}-options` } : {})}
            />
            {props.options && (
              <datalist id={`${name}-options`}>
                {props.options.map((option) => (
                  <option key={option} value={option} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
});

export const ChoiceField = memo(function ChoiceField(props: {
  name: string;
  options: readonly string[];
  required?: boolean;
  className?: string;
  /** After the form took the new value. */
  onChange?: () => void;
}) {
  const { placeholder: _, ...field } = useField(props.name);
  const registered = useControl(props.name, props.onChange);
  const { getValues } = useFormContext();
  return (
    <Field id={props.name} {...field} required={props.required ?? false} className={props.className ?? ''}>
      {(aria) => (
        <select {...registered} {...aria} defaultValue={getValues(props.name)} className={control}>
          {props.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
});

export const FlagField = memo(function FlagField({ name }: { name: string }) {
  const { placeholder: _, ...field } = useField(name);
  const registered = useControl(name);
  return (
    <CheckField id={name} {...field}>
      {(aria) => <input {...registered} {...aria} type="checkbox" className="size-5 accent-accent" />}
    </CheckField>
  );
});
