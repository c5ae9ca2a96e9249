import type { IncomingMessage, ServerResponse } from 'node:http';

export type Reply = { status: number; body: Record<string, unknown> };

type Context = {
  request: IncomingMessage;
  response: ServerResponse;
  action: string;
  requestId: string;
  slowMs: number;
  /** What would be answered if all were well. */
  good: Reply;
};

type Mode = {
  /** Whether the job of a CreateJob exists afterwards. */
  made: boolean;
  play(context: Context): void;
};

const html = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
const xml = '<?xml version="1.0"?><Error><Code>InternalError</Code></Error>';

const notMade = (play: Mode['play']): Mode => ({ made: false, play });
const made = (play: Mode['play']): Mode => ({ made: true, play });

/** What may happen to one request. */
export const faultModes = {
  ok: made((context) => reply(context, context.good)),
  'ok-slow': made((context) => {
    setTimeout(() => reply(context, context.good), context.slowMs).unref();
  }),
  refused: notMade(error(400, 'InvalidParameter', 'The specified parameter UserCommand is invalid.')),
  throttled: notMade((context) => {
    const message = 'Request was denied due to user flow control.';
    const { status, body } = toError(429, 'Throttling.User', message, context.requestId);
    reply(context, { status, body }, { 'x-acs-retry-after': '2500' });
  }),
  'forbidden-ram': notMade((context) => {
    const message = 'User not authorized to operate on the specified resource.';
    const { status, body } = toError(403, 'Forbidden.RAM', message, context.requestId);
    const detail = { AuthAction: `paidlc:${context.action}`, NoPermissionType: 'ImplicitDeny' };
    reply(context, { status, body: { ...body, AccessDeniedDetail: detail } });
  }),
  'bad-signature': notMade(
    error(
      400,
      'SignatureDoesNotMatch',
      'Specified signature is not matched with our calculation. server string to sign is:ACS3-HMAC-SHA256\n7ea06492',
    ),
  ),
  'nonce-used': made(error(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.')),
  '409': made(error(409, 'Conflict', 'The request conflicts with another one.')),
  '500-made': made(error(500, 'InternalError', 'The request has failed due to an unknown error.')),
  '500-not-made': notMade(error(500, 'InternalError', 'The request has failed due to an unknown error.')),
  '502-html': notMade(text(502, 'text/html', html)),
  '503': notMade(error(503, 'ServiceUnavailable', 'The request has failed temporarily.')),
  '504': made(text(504, 'text/plain', 'upstream request timeout')),
  'reset-before': notMade(({ request }) => request.socket.resetAndDestroy()),
  'reset-after-body': made(({ request }) => request.socket.resetAndDestroy()),
  'cut-mid-json': made(({ request, response, good }) => {
    const whole = JSON.stringify(good.body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length });
    response.write(whole.slice(0, whole.length / 2), () => request.socket.destroy());
  }),
  'empty-200': made(text(200, 'application/json', '')),
  'html-200': notMade(text(200, 'text/html', html)),
  'xml-200': notMade(text(200, 'text/xml', xml)),
  'no-job-id': made((context) => reply(context, { status: 200, body: { RequestId: context.requestId } })),
  endless: made(({ response }) => {
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    };
    response.on('drain', more).writeHead(200, { 'content-type': 'application/json' });
    more();
  }),
  drip: made(({ response }) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  }),
  redirect: notMade(({ request, response }) => {
    response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end();
  }),
  hang: notMade(() => {}),
  'hang-made': made(() => {}),
} satisfies Record<string, Mode>;

export type FaultMode = keyof typeof faultModes;

/** The mode a body asks for by its name, e.g. `mnist-fault-504`; the longest that fits. */
export function modeInName(displayName: unknown): FaultMode | undefined {
  const wanted = /fault-([a-z0-9-]+)/.exec(String(displayName))?.[1] ?? '';
  const modes = Object.keys(faultModes) as FaultMode[];
  return modes.filter((mode) => wanted.startsWith(mode)).sort((a, b) => b.length - a.length)[0];
}

/** An error as the cloud's gateway words it. */
export function toError(status: number, code: string, message: string, requestId: string): Reply {
  const recommend = `https://api.aliyun.com/troubleshoot?q=${code}&product=PAI-DLC&requestId=${requestId}`;
  return {
    status,
    body: { Code: code, Message: message, RequestId: requestId, HostId: 'fault-dlc', Recommend: recommend },
  };
}

function error(status: number, code: string, message: string): Mode['play'] {
  return (context) => reply(context, toError(status, code, message, context.requestId));
}

function text(status: number, type: string, body: string): Mode['play'] {
  return ({ response }) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
}

function reply({ response, requestId }: Context, { status, body }: Reply, headers = {}): void {
  const type = 'application/json;charset=utf-8';
  response.writeHead(status, { 'content-type': type, 'x-acs-request-id': requestId, ...headers });
  response.end(JSON.stringify(body));
}
