import type { Totals } from '@/lib/dlc/totals';
import type { Text } from '@/lib/i18n/text';

export function describeTotals({ t, locale }: Text, { nodes, gpu, cpu, memoryGiB }: Totals): string {
  const parts = [
    t('form.total.nodes', { count: nodes }),
    ...(gpu ? [t('form.total.gpu', { count: gpu })] : []),
    ...(cpu ? [t('form.total.cpu', { count: cpu })] : []),
    ...(memoryGiB ? [t('form.total.memory', { count: Math.round(memoryGiB * 100) / 100 })] : []),
  ];
  return new Intl.ListFormat(locale, { type: 'unit' }).format(parts);
}
