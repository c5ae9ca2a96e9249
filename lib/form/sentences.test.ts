import { describe, expect, it } from 'vitest';
import { checkCreateJob } from '@/lib/dlc/check';
import { checkCases } from '@/lib/dlc/check-cases';
import { locales } from '@/lib/i18n/locale';
import { messagesOf } from '@/lib/i18n/messages';
import { describeFault, newText } from '@/lib/i18n/text';

const faulty = checkCases.filter(([, , expected]) => expected.length > 0);

describe.each(locales)('in %s', (locale) => {
  const text = newText(locale, messagesOf(locale));

  it.each(faulty)('%s is told in a whole sentence', (_name, body) => {
    for (const fault of checkCreateJob(body)) {
      const sentence = describeFault(text, fault);
      expect(sentence).not.toMatch(/[{}]|undefined|NaN/);
      expect(sentence).toMatch(locale === 'en' ? /^[A-Z_].*\.$/s : /\p{Script=Han}.*。$/su);
    }
  });
});
