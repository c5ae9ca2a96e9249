import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

/** A titled section on a surface of its own. `group` makes it one of several alike to a screen reader, named by its title. */
export function Card(props: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  id?: string;
  group?: boolean;
}) {
  const id = useId();
  return (
    <section
      id={props.id}
      {...(props.group ? { role: 'group', 'aria-labelledby': `${id}-title` } : {})}
      className={clsx('rounded-lg border border-line bg-surface', props.className)}
    >
      {(props.title || props.aside) && (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-b px-4 py-2.5">
          <h2 id={`${id}-title`} className="font-semibold">
            {props.title}
          </h2>
          {props.aside}
        </div>
      )}
      <div className="p-4">{props.children}</div>
    </section>
  );
}
