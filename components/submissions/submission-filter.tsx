import { Button, LinkButton } from '@/components/ui/button';
import { control, Field } from '@/components/ui/field';
import type { Text } from '@/lib/i18n/text';
import { isNarrowed, type SubmissionQuery } from '@/lib/query/submission-query';
import { submissionStates } from '@/lib/query/submission-view';
import { routes } from '@/lib/routes';

/** A plain form whose fields become the address: it works before the page's scripts do, and can be shared. */
export function SubmissionFilter({ text, query }: { text: Pick<Text, 't'>; query: SubmissionQuery }) {
  const { t } = text;
  return (
    <search aria-label={t('submissions.filter')}>
      <form
        action={routes.submissions}
        className="grid grid-cols-2 items-end gap-3 lg:grid-cols-[minmax(12rem,2fr)_repeat(4,minmax(8rem,1fr))_auto]"
      >
        <Field id="filter-q" label={t('submissions.filter.text')} className="col-span-2 lg:col-span-1">
          {(props) => (
            <input {...props} type="search" name="q" defaultValue={query.text} className={control} />
          )}
        </Field>
        <Field id="filter-state" label={t('submissions.filter.state')}>
          {(props) => (
            <select {...props} name="state" defaultValue={query.states[0] ?? ''} className={control}>
              <option value="">{t('submissions.filter.any')}</option>
              {submissionStates.map((state) => (
                <option key={state} value={state}>
                  {t(`submission.state.${state}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field id="filter-who" label={t('submissions.filter.who')}>
          {(props) => <input {...props} name="who" defaultValue={query.who} className={control} />}
        </Field>
        <Field id="filter-from" label={t('submissions.filter.from')}>
          {(props) => (
            <input {...props} type="date" name="from" defaultValue={query.from} className={control} />
          )}
        </Field>
        <Field id="filter-to" label={t('submissions.filter.to')}>
          {(props) => <input {...props} type="date" name="to" defaultValue={query.to} className={control} />}
        </Field>
        <div className="col-span-2 flex flex-wrap gap-2 lg:col-span-1">
          <Button type="submit">{t('submissions.filter.apply')}</Button>
          {isNarrowed(query) && (
            <LinkButton look="quiet" href={routes.submissions}>
              {t('submissions.filter.clear')}
            </LinkButton>
          )}
        </div>
      </form>
    </search>
  );
}
