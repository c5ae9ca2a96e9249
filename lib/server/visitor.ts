import 'server-only';
import type { Problem } from '@/lib/problem';
import { fail, ok, type Result } from '@/lib/result';
import type { Env } from './env';
import { isOurHost, isOurOrigin } from './hosts';
import { isSignedIn, operator, type Who } from './session';

export type Refusal = 'wrong-host' | 'foreign-origin' | 'signed-out';

type Lock = { write?: boolean; signedOut?: boolean };

/** Who asks, judged by the request's headers alone. X-Forwarded-* say nothing here: anyone can send them. */
export function parseVisitor(
  headers: Headers,
  env: Pick<Env, 'host' | 'origin' | 'port' | 'token'>,
  { write = false, signedOut = false }: Lock = {},
): Result<Who, Refusal> {
  if (!isOurHost(headers.get('host'), env)) return fail('wrong-host');
  if (write && !isOurOrigin(headers, env.origin)) return fail('foreign-origin');
  if (!signedOut && !isSignedIn(headers.get('cookie'), env)) return fail('signed-out');
  return ok(operator);
}

const refusals = {
  'wrong-host': {
    status: 403,
    code: 'JobwrightWrongHost',
    message: 'This is not an address of this Jobwright.',
  },
  'foreign-origin': {
    status: 403,
    code: 'JobwrightForeignOrigin',
    message: 'The request did not come from a page of this Jobwright.',
  },
  'signed-out': { status: 401, code: 'JobwrightSignedOut', message: 'Sign in to go on.' },
} as const;

export function toProblem(refusal: Refusal): Problem & { kind: 'denied' } {
  return { kind: 'denied', api: { ...refusals[refusal], requestId: '' } };
}
