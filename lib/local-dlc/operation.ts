import type { Answer } from './answer';
import type { BodySeal } from './body-seal';
import type { QueryPair } from './canonical-request';
import type { JobMachine } from './job-machine';
import type { JobStore } from './job-store';
import type { Registry } from './registry';

/** What every operation may use. */
export type Cloud = {
  store: JobStore;
  machine: JobMachine;
  registry: Registry;
  seal: BodySeal;
  /** Folders of the server that nothing registered may reach into. */
  hidden: string[];
  userId: string;
  clock: () => number;
};

/** A request whose signature was found good. `ids` are the path's, in order. */
export type Question = { ids: string[]; query: QueryPair[]; body: Buffer };

export type Operation = (cloud: Cloud, question: Question) => Answer | Promise<Answer>;
