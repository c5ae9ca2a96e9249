import { fields as enFields } from './en/fields';
import { form as enForm } from './en/form';
import { job as enJob } from './en/job';
import { problems as enProblems } from './en/problems';
import { shell as enShell } from './en/shell';
import type { Locale } from './locale';
import { fields as zhFields } from './zh-cn/fields';
import { form as zhForm } from './zh-cn/form';
import { job as zhJob } from './zh-cn/job';
import { problems as zhProblems } from './zh-cn/problems';
import { shell as zhShell } from './zh-cn/shell';

const en = { ...enShell, ...enProblems, ...enJob, ...enForm, ...enFields };

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;

const all: Record<Locale, Messages> = {
  en,
  'zh-CN': { ...zhShell, ...zhProblems, ...zhJob, ...zhForm, ...zhFields },
};

export function messagesOf(locale: Locale): Messages {
  return all[locale];
}
