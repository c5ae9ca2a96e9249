import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Point } from './points';
import { count } from './tally';
import type { Order, Word, WorkerOptions } from './worker';

/** What was done to the instances of a run, and what they said. */
export type Book = {
  kills: Map<string, number>;
  pauses: Map<string, number>;
  /** Which instance sends a submission, as it last said before a byte left. */
  senders: Map<string, Member>;
  onOutcome?: (outcome: Extract<Word, { kind: 'outcome' }>) => void;
  /** Orders given to an instance that died before it answered. */
  onLost?: (orders: Submit[]) => void;
  /** What instances said of their own accord. */
  complaints: string[];
};

export type Submit = Extract<Order, { kind: 'submit' }>;

/** An instance that is started again whenever it is killed. */
export type Member = {
  name: string;
  /** Resolves when it has first opened the store. */
  ready(): Promise<void>;
  order(order: Order): void;
  kill(why: Point | 'at random'): void;
  /** Paused for this long, unless it is or gets killed. */
  pause(ms: number, why: Point | 'at random'): void;
  /** Ends it for good. */
  stop(): Promise<void>;
};

export type MemberOptions = WorkerOptions & {
  name: string;
  /** Of each start, how far its clock is off. */
  offsetMs: (start: number) => number;
  /** Whether a start dies in its migration. */
  diesMigrating: (start: number) => boolean;
  /** How long it stays where it stops itself. */
  stoppedMs: (point: Point) => number;
};

export function newMember(options: MemberOptions, book: Book): Member {
  const { name, offsetMs, diesMigrating, stoppedMs, ...given } = options;
  const pending = new Map<number, Submit>();
  let waiting: Order[] = [];
  let child: ChildProcess | undefined;
  let isReady = false;
  let isStopping = false;
  let starts = 0;
  let ended: Promise<void> = Promise.resolve();
  let opened = () => {};
  const ready = new Promise<void>((resolve) => {
    opened = resolve;
  });

  const write = (order: Order) => child?.stdin?.write(`${JSON.stringify(order)}\n`);

  function start(): void {
    const dies = diesMigrating(starts) ? ('migrating' as const) : undefined;
    const args = ['e2e/crash/worker.mjs', JSON.stringify({ ...given, dies }), String(offsetMs(starts))];
    starts += 1;
    const now = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    child = now;
    const leave = () => now.kill('SIGKILL');
    process.once('exit', leave);
    now.stdin.on('error', () => {});
    let noise = '';
    now.stderr.on('data', (chunk) => {
      noise += chunk;
    });
    createInterface(now.stdout).on('line', (line) => {
      // Only the worker writes here; a line that a kill cut in two is none.
      try {
        hear(JSON.parse(line) as Word);
      } catch {
        book.complaints.push(`${name} said: ${line}`);
      }
    });
    ended = new Promise((resolve) => {
      now.once('close', (code, signal) => {
        process.off('exit', leave);
        const wasReady = isReady;
        isReady = false;
        // One that finds the database away says so and ends, as `npm start` does.
        const isOdd = signal !== 'SIGKILL' && !isStopping;
        if (isOdd && wasReady) book.complaints.push(`${name} ended by itself (${code}): ${noise}`);
        const lost = [...pending.values()];
        pending.clear();
        waiting = [];
        if (!isStopping) setTimeout(start, isOdd ? 500 : 0);
        if (lost.length > 0) book.onLost?.(lost);
        resolve();
      });
    });
  }

  function hear(word: Word): void {
    if (word.kind === 'ready') {
      isReady = true;
      opened();
      const orders = waiting;
      waiting = [];
      for (const one of orders) write(one);
    } else if (word.kind === 'sending') book.senders.set(word.id, member);
    else if (word.kind === 'fault') book.complaints.push(`${name}: ${word.text}`);
    else if (word.kind === 'outcome') {
      pending.delete(word.number);
      book.onOutcome?.(word);
    } else if (word.signal === 'SIGKILL') count(book.kills, word.point);
    else {
      count(book.pauses, word.point);
      goOn(stoppedMs(word.point));
    }
  }

  function goOn(afterMs: number): void {
    const paused = child;
    setTimeout(() => paused?.kill('SIGCONT'), afterMs);
  }

  const member: Member = {
    name,
    ready: () => ready,
    order(order) {
      if (order.kind === 'submit') pending.set(order.number, order);
      if (isReady) write(order);
      else if (order.kind === 'submit') waiting.push(order);
    },
    kill(why) {
      if (!isReady) return;
      isReady = false;
      if (child?.kill('SIGKILL')) count(book.kills, why);
    },
    pause(ms, why) {
      if (!isReady || !child?.kill('SIGSTOP')) return;
      count(book.pauses, why);
      goOn(ms);
    },
    async stop() {
      isStopping = true;
      child?.kill('SIGCONT');
      child?.kill('SIGKILL');
      await ended;
    },
  };
  start();
  return member;
}
