'use server';

import { ok } from '@/lib/result';
import { guardAction } from '@/lib/server/entry';
import { signIn } from '@/lib/server/session';

export const submitToken = guardAction(
  (args) => ok([args[0]] as [unknown]),
  async ([token]) => signIn(token),
  { signedOut: true },
);
