'use server';

import { cookies } from 'next/headers';
import type { Problem } from '@/lib/problem';
import { fail, ok, type Result } from '@/lib/result';
import { guardAction } from '@/lib/server/entry';
import { env } from '@/lib/server/env';
import {
  checkToken,
  sessionCookieName,
  sessionCookieOptions,
  sessionCookieValue,
} from '@/lib/server/session';

export const submitToken = guardAction(
  (args) => ok([args[0]] as [unknown]),
  async ([token]): Promise<Result<null, Problem>> => {
    const current = env();
    const verdict = await checkToken(token, current);
    if (verdict !== 'right') {
      const key = verdict === 'wrong' ? 'signIn.wrongToken' : 'signIn.tooManyAttempts';
      return fail({ kind: 'invalid', faults: [{ path: ['token'], key }] });
    }
    if (current.token !== undefined) {
      const jar = await cookies();
      jar.set(sessionCookieName(current), sessionCookieValue(current.token), sessionCookieOptions(current));
    }
    return ok(null);
  },
  { signedOut: true },
);
