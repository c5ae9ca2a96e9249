'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Fault } from '@/lib/problem';
import type { Locale } from './locale';
import type { Messages } from './messages';
import { describeFault, newText, type Text } from './text';

type TextValue = Text & { sentence: (fault: Fault) => string };
const TextContext = createContext<TextValue | undefined>(undefined);

/** Hands the reader's dictionary, plain data from the server, to the client components below. */
export function TextProvider(props: { locale: Locale; messages: Messages; children: ReactNode }) {
  const { locale, messages } = props;
  const value = useMemo(() => {
    const text = newText(locale, messages);
    return { ...text, sentence: (fault: Fault) => describeFault(text, messages, fault) };
  }, [locale, messages]);
  return <TextContext value={value}>{props.children}</TextContext>;
}

export function useText(): TextValue {
  const text = useContext(TextContext);
  if (!text) throw new Error('useText needs a TextProvider above it');
  return text;
}
