import 'server-only';

import { cookies, headers } from 'next/headers';
import { cache, type ReactNode } from 'react';
import { type Locale, localeCookie, parseLocale } from '@/lib/i18n/locale';
import { type MessagePart, type Messages, messagesOf, pickMessages } from '@/lib/i18n/messages';
import { newText, type Text } from '@/lib/i18n/text';
import { TextProvider } from '@/lib/i18n/text-context';
import { parseTheme, type Theme, themeCookie } from '@/lib/i18n/theme';
import { nonceHeader } from './request-headers';

/** The language and colours of whoever asks for this page: their cookie, else what the browser says. */
export const readText = cache(async (): Promise<Text & { locale: Locale; messages: Messages }> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = parseLocale(jar.get(localeCookie)?.value, head.get('accept-language'));
  const messages = messagesOf(locale);
  return { ...newText(locale, messages), messages };
});

export async function readTheme(): Promise<Theme> {
  return parseTheme((await cookies()).get(themeCookie)?.value);
}

/** Of the content security policy of this answer. */
export async function readNonce(): Promise<string> {
  return (await headers()).get(nonceHeader) ?? '';
}

/** Hands the browser these parts of the dictionary for what is inside. */
export async function WithText(props: { parts: readonly MessagePart[]; children: ReactNode }) {
  const { locale } = await readText();
  return (
    <TextProvider locale={locale} messages={pickMessages(locale, props.parts)}>
      {props.children}
    </TextProvider>
  );
}
