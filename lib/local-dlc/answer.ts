/** What an operation gives: a body for 200, a refusal in the cloud's codes, or (see create-job.ts) a connection cut without an answer. */
export type Answer =
  | { kind: 'done'; body: Record<string, unknown> }
  | { kind: 'refused'; status: number; code: string; message: string }
  | { kind: 'cut' };

export type Refusal = Extract<Answer, { kind: 'refused' }>;

export function done(body: Record<string, unknown>): Answer {
  return { kind: 'done', body };
}

export function refuse(status: number, code: string, message: string): Refusal {
  return { kind: 'refused', status, code, message };
}

export function refuseParameter(message: string): Refusal {
  return refuse(400, 'InvalidParameter', message);
}

/** A value read from a request, or why it cannot be used. */
export type Read<T> = { value: T } | { refusal: Refusal };
