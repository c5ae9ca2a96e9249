import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import type * as z from 'zod';
import type { Problem } from '@/lib/problem';
import { fail, ok, type Result } from '@/lib/result';
import { routes } from '@/lib/routes';
import { isDraining, track } from './drain';
import { env } from './env';
import { pathHeader } from './request-headers';
import { toNextPath, type Who } from './session';
import { parseVisitor, toProblem } from './visitor';

/** `signedOut`: also for those who have not signed in, such as the sign-in page and the health checks. */
type Lock = { signedOut?: boolean };

export function guardPage<P>(
  render: (props: P, who: Who) => ReactNode | Promise<ReactNode>,
  lock: Lock = {},
) {
  return async (props: P): Promise<ReactNode> => {
    const asked = await headers();
    const visitor = parseVisitor(asked, env(), lock);
    if (visitor.ok) return render(props, visitor.value);
    if (visitor.problem !== 'signed-out') throw new Error('A page was asked for under a foreign host name.');
    redirect(`${routes.signIn}?next=${encodeURIComponent(toNextPath(asked.get(pathHeader)))}`);
  };
}

/** For generateMetadata: runs only for those who may see the page, and is empty for the others. */
export function guardMetadata<P, M extends object>(run: (props: P, who: Who) => Promise<M>, lock: Lock = {}) {
  return async (props: P): Promise<M | Record<string, never>> => {
    const visitor = parseVisitor(await headers(), env(), lock);
    return visitor.ok ? run(props, visitor.value) : {};
  };
}

export type ParseArguments<A extends unknown[]> = (args: unknown[]) => Result<A, Problem>;

export function guardAction<A extends unknown[], T>(
  parse: ParseArguments<A>,
  run: (args: A, who: Who) => Promise<Result<T, Problem>>,
  lock: Lock = {},
) {
  return async (...args: unknown[]): Promise<Result<T, Problem>> => {
    const visitor = parseVisitor(await headers(), env(), { ...lock, write: true });
    if (!visitor.ok) return fail(toProblem(visitor.problem));
    if (isDraining()) return fail({ kind: 'unreachable', reason: 'shutting-down' });
    const parsed = parse(args);
    return parsed.ok ? track(run(parsed.value, visitor.value)) : parsed;
  };
}

/** What an action accepts, as a zod tuple. What fits not is a fault of our own page, hence one sentence for all. */
export function argumentsOf<A extends unknown[]>(schema: z.ZodType<A>): ParseArguments<A> {
  return (args) => {
    const parsed = schema.safeParse(args);
    if (parsed.success) return ok(parsed.data);
    const faults = parsed.error.issues.map(({ path }) => ({
      path: path.filter((part) => typeof part !== 'symbol'),
      key: 'request.malformed' as const,
    }));
    return fail({ kind: 'invalid', faults });
  };
}

type ReadContext = { params: Record<string, string>; query: URLSearchParams; who: Who };

/** Expected failures are 200 as well: browsers log every other status as an error. A Response goes out as it is. */
export function guardRead<T>(
  run: (context: ReadContext) => Promise<Result<T, Problem> | Response>,
  lock: Lock = {},
) {
  return async (
    request: Request,
    context: { params: Promise<Record<string, string>> },
  ): Promise<Response> => {
    const visitor = parseVisitor(request.headers, env(), lock);
    if (!visitor.ok) {
      const problem = toProblem(visitor.problem);
      return toJson(fail(problem), problem.api.status);
    }
    const answer = await run({
      params: await context.params,
      query: new URL(request.url).searchParams,
      who: visitor.value,
    });
    return answer instanceof Response ? answer : toJson(answer, 200);
  };
}

function toJson(answer: Result<unknown, Problem>, status: number): Response {
  return Response.json(answer, { status, headers: { 'cache-control': 'no-store' } });
}
