import { CSPProvider } from '@base-ui/react/csp-provider';
import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Header } from '@/components/shell/header';
import { readNonce, readText, readTheme, WithText } from '@/lib/server/reader';
import { describeWhere } from '@/lib/server/where';
import { setLocale, setTheme } from './actions';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await readText();
  return {
    title: { default: t('app.name'), template: `%s · ${t('app.name')}` },
    description: t('app.tagline'),
    icons: '/icon.svg',
    referrer: 'same-origin',
  };
}

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The nonce of the content security policy is new for every request, so no page may be built ahead.
  await connection();
  const [text, theme, nonce] = await Promise.all([readText(), readTheme(), readNonce()]);
  return (
    <html lang={text.locale} data-theme={theme} suppressHydrationWarning>
      <body className="min-h-dvh">
        <CSPProvider nonce={nonce}>
          <WithText parts={['shell']}>
            <Header
              text={text}
              theme={theme}
              where={await describeWhere(text)}
              actions={{ setLocale, setTheme }}
            />
            <main id="content" className="mx-auto max-w-6xl px-4 py-6">
              {children}
            </main>
          </WithText>
        </CSPProvider>
      </body>
    </html>
  );
}
