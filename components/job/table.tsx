import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { ScrollBox } from './scroll-box';

export type Column = { name: string; className?: string };

/** Rows under named columns. It scrolls inside its own box where the screen is narrow. */
export function Table(props: { label: string; columns: Column[]; children: ReactNode; className?: string }) {
  return (
    <ScrollBox label={props.label} {...(props.className && { className: props.className })}>
      <table className="w-full border-collapse text-start">
        <thead>
          <tr className="border-line border-b text-muted text-sm">
            {props.columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={clsx(cell, 'whitespace-nowrap font-medium', column.className)}
              >
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{props.children}</tbody>
      </table>
    </ScrollBox>
  );
}

const cell = 'px-3 py-2.5 sm:px-4 text-start align-top';

export function Cell({ className, children }: { className?: string; children: ReactNode }) {
  return <td className={clsx(cell, className)}>{children}</td>;
}

/** The cell that names its row. */
export function RowHeader({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="row" className={clsx(cell, 'font-normal', className)}>
      {children}
    </th>
  );
}
