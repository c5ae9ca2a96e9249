'use server';

import { cookies } from 'next/headers';
import * as z from 'zod';
import { localeCookie, locales } from '@/lib/i18n/locale';
import { themeCookie, themes } from '@/lib/i18n/theme';
import { ok } from '@/lib/result';
import { argumentsOf, guardAction } from '@/lib/server/entry';

const options = { path: '/', sameSite: 'lax', maxAge: 365 * 24 * 3600 } as const;

/** Setting a cookie makes Next render the page again around the state it holds: a half-filled form stays. */
export const setLocale = guardAction(
  argumentsOf(z.tuple([z.enum(locales)])),
  async ([locale]) => {
    (await cookies()).set(localeCookie, locale, options);
    return ok(null);
  },
  { signedOut: true },
);

export const setTheme = guardAction(
  argumentsOf(z.tuple([z.enum(themes)])),
  async ([theme]) => {
    (await cookies()).set(themeCookie, theme, options);
    return ok(null);
  },
  { signedOut: true },
);
