import type { Answer } from './answer';
import type { QueryPair } from './canonical-request';
import type { JobMachine } from './job-machine';
import type { JobStore } from './job-store';

/** What every operation may use. */
export type Cloud = {
  store: JobStore;
  machine: JobMachine;
  userId: string;
  clock: () => number;
};

/** A request whose signature was found good. `ids` are the path's, in order. */
export type Question = { ids: string[]; query: QueryPair[]; body: Buffer };

export type Operation = (cloud: Cloud, question: Question) => Answer | Promise<Answer>;
