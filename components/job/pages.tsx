import { LinkButton } from '@/components/ui/button';
import type { Text } from '@/lib/i18n/text';

/** Ways to the neighbouring pages of a list, absent where there is one page only. */
export function Pages(props: {
  text: Pick<Text, 't'>;
  page: number;
  count: number;
  toHref: (page: number) => string;
}) {
  const { page, count, toHref } = props;
  const { t } = props.text;
  if (count <= 1) return null;
  return (
    <nav aria-label={t('pages.label')} className="flex items-center justify-between gap-3">
      {page > 1 ? <LinkButton href={toHref(page - 1)}>{t('pages.newer')}</LinkButton> : <span />}
      <span className="text-muted text-sm">{t('pages.here', { page, count })}</span>
      {page < count ? <LinkButton href={toHref(page + 1)}>{t('pages.older')}</LinkButton> : <span />}
    </nav>
  );
}
