import type { MessageKey } from '@/lib/i18n/messages';
import type { Text } from '@/lib/i18n/text';

type Role = Record<string, unknown>;

const amounts: [string, MessageKey][] = [
  ['CPU', 'job.amount.cpu'],
  ['GPU', 'job.amount.gpu'],
  ['GPUType', 'job.amount.gpuType'],
  ['Memory', 'job.amount.memory'],
  ['SharedMemory', 'job.amount.sharedMemory'],
];

/** What one pod of a role is given: an instance type, or amounts of a quota. */
export function describeResources({ t }: Pick<Text, 't'>, role: Role): string {
  const { EcsSpec: instance, ResourceConfig: config } = role;
  if (typeof instance === 'string' && instance !== '') return instance;
  if (typeof config !== 'object' || config === null) return '–';
  const given = new Map(Object.entries(config));
  const parts = amounts.flatMap(([name, key]) => {
    const amount = given.get(name);
    const text = typeof amount === 'number' ? String(amount) : amount;
    return typeof text === 'string' && text !== '' ? [t(key, { amount: text })] : [];
  });
  return parts.join(' · ') || '–';
}
