import { spawn } from 'node:child_process';

export type ChildOptions = {
  cwd: string;
  environment: Record<string, string>;
  /** Ends the child and all that it started. */
  signal: AbortSignal;
};

export type ChildResult = { exitCode: number | null; lastWords: string };

const keptBytes = 16_384;
const maxWords = 900;

/** Runs a program to its end without holding up the server; what it writes is kept for the last words only. */
export function runChild(program: string, args: string[], options: ChildOptions): Promise<ChildResult> {
  return new Promise((resolve) => {
    let output = Buffer.alloc(0);
    const child = spawn(program, args, {
      cwd: options.cwd,
      // Next's types demand a NODE_ENV of every environment; this one has none.
      env: options.environment as NodeJS.ProcessEnv,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // Gone already.
      }
    };
    const settle = (exitCode: number | null, words: string): void => {
      options.signal.removeEventListener('abort', end);
      resolve({ exitCode, lastWords: words });
    };
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output = Buffer.concat([output, chunk]).subarray(-keptBytes);
      });
    child.on('error', (error) => settle(null, error.message));
    child.on('close', (exitCode) => settle(exitCode, lastWordsOf(output.toString('utf8'))));
    if (options.signal.aborted) end();
    options.signal.addEventListener('abort', end);
  });
}

/** The last lines in one, without colours, progress and what pip says of its own version. */
function lastWordsOf(output: string): string {
  const lines = output
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
    .replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('[notice]'));
  return lines.slice(-5).join(' ').slice(-maxWords);
}
