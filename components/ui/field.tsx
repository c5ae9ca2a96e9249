import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export const control =
  'w-full min-w-0 rounded-md border border-edge bg-surface px-2.5 py-1.5 min-h-9 aria-invalid:border-bad aria-invalid:bg-bad-soft';

export type ControlProps = {
  id: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
  'aria-required'?: true;
};

type Props = {
  id: string;
  label: ReactNode;
  /** Beside the label, quiet: the wire name, a unit. */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** The label is there for a screen reader alone. */
  bare?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

function controlProps({ id, hint, error, required }: Props): ControlProps {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return {
    id,
    ...(described && { 'aria-describedby': described }),
    ...(error ? { 'aria-invalid': true as const } : {}),
    ...(required ? { 'aria-required': true as const } : {}),
  };
}

/** The one place that draws labels, hints and errors and ties them to their control. */
export function Field(props: Props) {
  const { id, label, aside, hint, error, bare } = props;
  return (
    <div className={clsx('group/field min-w-0 space-y-1', props.className)}>
      <div className={clsx('flex flex-wrap items-baseline gap-x-2', bare && 'sr-only')}>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      {props.children(controlProps(props))}
      {error && (
        <p id={`${id}-error`} className="text-bad text-sm">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A tick with its label behind it. */
export function CheckField(props: Omit<Props, 'bare'>) {
  const { id, label, aside, hint, error } = props;
  return (
    <div className={clsx('group/field flex min-w-0 gap-2.5', props.className)}>
      <div className="pt-1">{props.children(controlProps({ ...props }))}</div>
      <div className="min-w-0 space-y-0.5">
        <div className="flex flex-wrap items-baseline gap-x-2">
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
          {aside}
        </div>
        {hint && (
          <p id={`${id}-hint`} className="text-muted text-sm">
            {hint}
          </p>
        )}
        {error && (
          <p id={`${id}-error`} className="text-bad text-sm">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}
