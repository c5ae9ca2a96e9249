import 'server-only';
import * as z from 'zod';
import type { ApiAnswer, Problem } from '@/lib/problem';
import { fail, ok, type Result } from '@/lib/result';
import type { Exchange } from './send';

type Operation = { action: string; isWrite: boolean; secrets: (string | undefined)[] };
type Answer = Extract<Exchange, { kind: 'answer' }>;

const objectSchema = z.record(z.string(), z.unknown());
const denials =
  /^(InvalidAccessKeyId|InvalidSecurityToken|InvalidTimeStamp|Forbidden|NoPermission)(\.|$)|^(SignatureDoesNotMatch|IncompleteSignature)$/;

/**
 * The answer's JSON object, or what went wrong. Surely nothing was done: not sent, or a 4xx with Code and RequestId;
 * for a write not even then where the request, or an earlier copy of it, may have been taken (exactly-once.md, point 4).
 */
export function toAnswer(exchange: Exchange, operation: Operation): Result<Record<string, unknown>, Problem> {
  if (exchange.kind === 'not-sent') return fail({ kind: 'unreachable', reason: exchange.reason });
  if (exchange.kind === 'no-answer') return fail({ kind: 'unconfirmed', reason: exchange.reason });
  const { status } = exchange;
  const json = parseObject(exchange.text);
  if (status >= 200 && status < 300) {
    if (!json) return fail({ kind: 'unconfirmed', reason: 'not-json' });
    return ok({ ...json, RequestId: json.RequestId ?? headerText(exchange, 'x-acs-request-id') });
  }
  if (status < 400) return fail({ kind: 'unconfirmed', reason: 'redirect' });
  const api = toApiAnswer(exchange, json ?? {}, operation);
  const isWords = api.code !== '' && api.requestId !== '';
  if (status >= 500 || !isWords || (operation.isWrite && mayHaveBeenTaken(api))) {
    const reason = status < 500 && !json ? 'not-json' : 'server-error';
    return fail({ kind: 'unconfirmed', reason, ...(api.code || api.requestId ? { api } : {}) });
  }
  return fail({ kind: denials.test(api.code) ? 'denied' : 'refused', api });
}

function mayHaveBeenTaken({ status, code }: ApiAnswer): boolean {
  return [408, 409, 499].includes(status) || code === 'SignatureNonceUsed';
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    return objectSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function headerText({ headers }: Answer, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** When the DLC says it answered. */
export function toAnsweredAt(exchange: Exchange): Date | undefined {
  const at = exchange.kind === 'answer' ? new Date(headerText(exchange, 'date')) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

function toApiAnswer(
  answer: Answer,
  json: Record<string, unknown>,
  { action, secrets }: Operation,
): ApiAnswer {
  const read = (...names: string[]): string => {
    const found = names.map((name) => json[name]).find((value) => typeof value === 'string' && value !== '');
    return typeof found === 'string' ? withoutSecrets(found, secrets) : '';
  };
  const code = read('Code', 'code').slice(0, 200);
  const said = read('Message', 'message', 'Description');
  const requestId = read('RequestId', 'requestId', 'requestid', 'RequestID');
  const recommend = read('Recommend');
  const permission = toPermission(code, said, json.AccessDeniedDetail, action);
  const retryAfterSeconds = toRetryAfter(answer, code);
  return {
    status: answer.status,
    code,
    message: withoutSigned(code, said).slice(0, 2_000),
    requestId: (requestId || headerText(answer, 'x-acs-request-id')).slice(0, 100),
    ...(isHttps(recommend) ? { recommend } : {}),
    ...(permission === undefined ? {} : { action: permission }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

/** The text with each known secret struck out. Shorter ones are left: they would strike out words. */
function withoutSecrets(text: string, secrets: (string | undefined)[]): string {
  return secrets
    .filter((secret) => secret !== undefined && secret.length >= 4)
    .reduce<string>((left, secret) => left.replaceAll(String(secret), '***'), text);
}

/** Without the string to sign that the gateway appends: it holds the security token and hashes of the request. */
function withoutSigned(code: string, message: string): string {
  if (!/^(SignatureDoesNotMatch|IncompleteSignature)$/.test(code)) return message;
  return message
    .replace(/[^.]*\b(string ?to ?sign|canonical ?request|authorization)\b[\s\S]*$/i, '')
    .replace(/[0-9a-f]{40,}/gi, '***')
    .trim();
}

function toPermission(code: string, message: string, detail: unknown, action: string): string | undefined {
  if (!/^(Forbidden|NoPermission)/.test(code)) return undefined;
  const named = z.object({ AuthAction: z.string().regex(/^[\w-]+:[\w*-]+$/) }).safeParse(detail);
  if (named.success) return named.data.AuthAction;
  const said = /\b[a-z][a-z0-9-]*:(?:Create|Get|List|Stop|Update|Delete)[A-Za-z]+/.exec(message)?.[0];
  // Risk control forbids an account, not an action.
  return said ?? (code === 'Forbidden.RiskControl' ? undefined : `paidlc:${action}`);
}

function toRetryAfter(answer: Answer, code: string): number | undefined {
  const waitMs = Number(headerText(answer, 'x-acs-retry-after'));
  if (waitMs > 0 && Number.isFinite(waitMs)) return Math.ceil(waitMs / 1_000);
  return code.startsWith('Throttling') || answer.status === 429 ? 60 : undefined;
}

function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:' && address.length <= 2_000;
}
