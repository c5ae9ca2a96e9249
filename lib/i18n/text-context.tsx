'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Fault } from '@/lib/problem';
import type { Locale } from './locale';
import type { MessageKey, Messages } from './messages';
import { describeFault, newText, type Text } from './text';

type TextValue = Text & {
  messages: Partial<Messages>;
  sentence: (fault: Fault) => string;
  /** The sentence of a key made at run time, if there is one. */
  find: (key: string) => string | undefined;
};
const TextContext = createContext<TextValue | undefined>(undefined);

/** Hands parts of the reader's dictionary, plain data from the server, to the client components below; one inside another adds to it. */
export function TextProvider(props: { locale: Locale; messages: Partial<Messages>; children: ReactNode }) {
  const { locale, messages: own } = props;
  const outer = useContext(TextContext)?.messages;
  const value = useMemo(() => {
    const messages = { ...outer, ...own };
    const text = newText(locale, messages);
    return {
      ...text,
      messages,
      sentence: (fault: Fault) => describeFault(text, fault),
      find: (key: string) => (key in messages ? text.t(key as MessageKey) : undefined),
    };
  }, [locale, own, outer]);
  return <TextContext value={value}>{props.children}</TextContext>;
}

export function useText(): TextValue {
  const text = useContext(TextContext);
  if (!text) throw new Error('useText needs a TextProvider above it');
  return text;
}
