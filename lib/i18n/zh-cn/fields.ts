import type { fields as en } from '@/lib/i18n/en/fields';

export const fields: Record<keyof typeof en, string> = {};
