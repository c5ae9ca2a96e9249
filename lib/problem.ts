/** One thing wrong with one leaf of a body. `params` fill in the sentence of `key`. */
export type Fault = {
  path: (string | number)[];
  key: FaultKey;
  params?: Record<string, string | number>;
  /** Of a map's entry: the fault is in its name, not in its value. */
  part?: 'key';
};

/** What the API said, word for word. `requestId` is '' where the answer carried none. */
export type ApiAnswer = {
  status: number;
  code: string;
  message: string;
  requestId: string;
  /** The API's own help page, https only. */
  recommend?: string;
  /** The permission that was missing, e.g. `paidlc:CreateJob`. */
  action?: string;
  /** Seconds to wait before trying again, where the answer said so or throttling implies it. */
  retryAfterSeconds?: number;
};

/** Why an operation did not give what was asked. Every screen switches over `kind` exhaustively. */
export type Problem =
  /** The body or the question was wrong; nothing was sent. */
  | { kind: 'invalid'; faults: Fault[] }
  /** Credentials missing, wrong, expired, or lacking a permission. */
  | { kind: 'denied'; api: ApiAnswer }
  /** The API understood and said no. */
  | { kind: 'refused'; api: ApiAnswer }
  /** Nothing was sent: safe to try again. `reason` is a short machine word, e.g. `ECONNREFUSED`. */
  | { kind: 'unreachable'; reason: string }
  /** Sent, but no usable answer: for a write, look before trying again. */
  | { kind: 'unconfirmed'; reason: UnconfirmedReason; api?: ApiAnswer };

export type UnconfirmedReason =
  | 'timeout'
  | 'reset'
  | 'truncated'
  | 'too-large'
  | 'not-json'
  | 'no-job-id'
  | 'server-error'
  | 'redirect'
  | 'interrupted';

/** Everything that can be said of a leaf of a body; each has a sentence in lib/i18n, which the type holds it to. */
export const faultKeys = [
  'required',
  'type.text',
  'type.number',
  'type.whole',
  'type.flag',
  'type.list',
  'type.object',
  'type.other',
  'number.min',
  'number.max',
  'number.unsafe',
  'text.long',
  'name.charset',
  'jobType.case',
  'jobType.unknown',
  'roles.none',
  'role.notOfType',
  'role.twice',
  'role.onePod',
  'pool.both',
  'pool.ecsWithQuota',
  'pool.ecsMissing',
  'pool.amountsMissing',
  'pool.quotaMissing',
  'amount',
  'quantity',
  'memory.shared',
  'path.absolute',
  'path.twice',
  'data.both',
  'data.missing',
  'code.idMissing',
  'vpc.idMissing',
  'vpc.groupMissing',
  'cidr',
  'env.name',
  'map.twice',
  'pip',
  'options',
  'key.proto',
  'secret.masked',
  'body.size',
  'submission.id',
  'signIn.wrongToken',
  'signIn.tooManyAttempts',
  'request.malformed',
  'api.said',
] as const;

export type FaultKey = (typeof faultKeys)[number];

/** The key a library's message is, or the most general one. */
export function parseFaultKey(message: string): FaultKey {
  return faultKeys.find((key) => key === message) ?? 'type.other';
}
