import type { form as en } from '@/lib/i18n/en/form';

export const form: Record<keyof typeof en, string> = {};
