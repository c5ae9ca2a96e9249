'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactElement, ReactNode } from 'react';
import { useText } from '@/lib/i18n/text-context';
import { Button } from './button';

/** Asks before something that cannot be taken back. `trigger` is the button that opens it. */
export function ConfirmDialog(props: {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  confirm: string;
  onConfirm: () => void;
}) {
  const { t } = useText();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger render={props.trigger} />
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <AlertDialog.Popup className="fixed top-1/2 left-1/2 z-50 w-[min(28rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 space-y-3 rounded-lg border border-line bg-surface p-5 floating">
          <AlertDialog.Title className="font-semibold text-lg">{props.title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="text-muted [overflow-wrap:anywhere]">
            {props.children}
          </AlertDialog.Description>
          <div className="flex justify-end gap-2 pt-2">
            <AlertDialog.Close render={<Button />}>{t('cancel')}</AlertDialog.Close>
            <AlertDialog.Close render={<Button look="danger" onClick={props.onConfirm} />}>
              {props.confirm}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
