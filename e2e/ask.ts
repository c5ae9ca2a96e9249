import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
type Options = { method?: string; headers?: Record<string, string>; body?: string };

/** A request as no browser would send it: the path as it is (clients tidy it up otherwise), any header, any method. */
export function ask(origin: string, path: string, { method = 'GET', headers = {}, body }: Options = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const request = httpRequest(origin, { path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
