import { faults as enFaults } from './en/faults';
import { fields as enFields } from './en/fields';
import { form as enForm } from './en/form';
import { job as enJob } from './en/job';
import { list as enList } from './en/list';
import { local as enLocal } from './en/local';
import { problems as enProblems } from './en/problems';
import { shell as enShell } from './en/shell';
import { submissions as enSubmissions } from './en/submissions';
import type { Locale } from './locale';
import { faults as zhFaults } from './zh-cn/faults';
import { fields as zhFields } from './zh-cn/fields';
import { form as zhForm } from './zh-cn/form';
import { job as zhJob } from './zh-cn/job';
import { list as zhList } from './zh-cn/list';
import { local as zhLocal } from './zh-cn/local';
import { problems as zhProblems } from './zh-cn/problems';
import { shell as zhShell } from './zh-cn/shell';
import { submissions as zhSubmissions } from './zh-cn/submissions';

const parts = {
  en: {
    shell: enShell,
    problems: enProblems,
    faults: enFaults,
    list: enList,
    local: enLocal,
    job: enJob,
    form: enForm,
    fields: enFields,
    submissions: enSubmissions,
  },
  'zh-CN': {
    shell: zhShell,
    problems: zhProblems,
    faults: zhFaults,
    list: zhList,
    local: zhLocal,
    job: zhJob,
    form: zhForm,
    fields: zhFields,
    submissions: zhSubmissions,
  },
} as const satisfies Record<Locale, Record<string, Record<string, string>>>;

export type MessagePart = keyof (typeof parts)['en'];
export type MessageKey = { [P in MessagePart]: keyof (typeof parts)['en'][P] }[MessagePart];
export type Messages = Record<MessageKey, string>;

/** The whole dictionary. */
export function messagesOf(locale: Locale): Messages {
  return Object.assign({}, ...Object.values(parts[locale]));
}

/** Some parts of it: what is handed to the browser is part of every page's weight. */
export function pickMessages(locale: Locale, names: readonly MessagePart[]): Partial<Messages> {
  return Object.assign({}, ...names.map((name) => parts[locale][name]));
}
