import type { job as en } from '@/lib/i18n/en/job';

export const job: Record<keyof typeof en, string> = {};
