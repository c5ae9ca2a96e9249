import { AsyncLocalStorage } from 'node:async_hooks';
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { CompiledQuery, Kysely, KyselyPlugin, Transaction } from 'kysely';
import type { Dlc } from '@/lib/server/dlc';
import type { Schema, Store } from '@/lib/server/store/schema';

/** Where a worker can be ended or stopped. `after-body` is seen by the DLC, which then tells the harness. */
export type Point =
  | 'before-insert'
  | 'after-insert'
  | 'before-claim'
  | 'after-claim'
  | 'first-byte'
  | 'after-body'
  | 'after-answer'
  | 'before-settle'
  | 'after-settle'
  | 'recovery'
  | 'migration';

/** Called at each point, with the submission it is about; in recovery there is none. */
export type Reach = (point: Point, id?: string) => void;

type Task = { id?: string };
type Step = 'insert' | 'claim' | 'settle';

const task = new AsyncLocalStorage<Task>();
const transaction = new AsyncLocalStorage<{ steps: Step[] }>();

/** What happens in there is about the submission, or is recovery. */
export function during<T>(id: string | undefined, work: () => Promise<T>): Promise<T> {
  return task.run(id === undefined ? {} : { id }, work);
}

/** The same store, which says what it is about to do and what it has committed. */
export function watchStore(store: Store, reach: Reach): Store {
  const tell = (when: 'before' | 'after', step: Step | undefined): void => {
    const current = task.getStore();
    if (current && current.id === undefined) reach('recovery');
    if (current?.id !== undefined && step !== undefined) reach(`${when}-${step}`, current.id);
  };
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      tell('before', undefined);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  /** The changes of submissions were built before and pass no plugin. */
  function watched<D extends Kysely<Schema>>(db: D): D {
    const own = db.withPlugin(plugin) as D;
    const executeQuery = own.executeQuery.bind(own);
    own.executeQuery = (query) => {
      const open = transaction.getStore();
      for (const step of 'sql' in query ? toSteps(query) : []) {
        open?.steps.push(step);
        tell('before', step);
      }
      return executeQuery(query);
    };
    return own;
  }
  // Others may share the transaction: whose statements they are is known here only.
  async function watch<T>(
    write: (work: (db: Transaction<Schema>) => Promise<T>) => Promise<T>,
    work: (db: Transaction<Schema>) => Promise<T>,
  ): Promise<T> {
    const current = task.getStore();
    const open: { steps: Step[] } = { steps: [] };
    const result = await write((db) => {
      open.steps = [];
      const inIt = () => transaction.run(open, () => work(watched(db)));
      return current ? task.run(current, inIt) : inIt();
    });
    for (const step of open.steps) tell('after', step);
    return result;
  }
  return {
    ...store,
    db: store.db.withPlugin(plugin),
    write: (work) => watch(store.write, work),
    writeOne: (work) => watch(store.writeOne as Store['write'], work),
  };
}

function toSteps({ sql, parameters }: CompiledQuery): Step[] {
  // A new row is claimed as it is inserted.
  if (sql.includes('insert into "submissions"')) return ['insert', 'claim'];
  const set = /update "submissions" set .*?"state" = (?:\$(\d+)|\?)/s.exec(sql);
  if (!set) return [];
  const place = set[1] === undefined ? set[0].split('?').length - 1 : Number(set[1]);
  const state = parameters[place - 1];
  if (state === 'sending') return ['claim'];
  return state === 'accepted' || state === 'refused' || state === 'unconfirmed' ? ['settle'] : [];
}

/** The same DLC; `sending` is called before a byte of a CreateJob leaves. */
export function watchDlc(dlc: Dlc, reach: Reach, sending: (id: string) => void): Dlc {
  return {
    ...dlc,
    async createJob(...given) {
      const id = task.getStore()?.id ?? /"jobwright-submission":"([^"]+)"/.exec(given[0])?.[1] ?? '';
      sending(id);
      const result = await dlc.createJob(...given);
      reach('after-answer', id);
      return result;
    },
    async countJobs(...given) {
      reach('recovery');
      const page = await dlc.countJobs(...given);
      reach('recovery');
      return page;
    },
  };
}

/** Lets half of a request leave where `isFatal` says so of its submission, calls `then`, and sends the rest. */
export function cutWrites(isFatal: (id: string) => boolean, then: (id: string) => void): void {
  const write = Socket.prototype.write;
  Socket.prototype.write = function cut(this: Socket, ...given: unknown[]) {
    const [data] = given;
    const id = typeof data === 'string' && /"jobwright-submission":"([^"]+)"/.exec(data)?.[1];
    if (id && isFatal(id)) {
      // What Node keeps to itself: the number by which the system knows the connection.
      const { _handle } = this as unknown as { _handle: { fd: number } };
      const half = Math.floor(data.length / 2);
      writeSync(_handle.fd, data.slice(0, half));
      then(id);
      given[0] = data.slice(half);
    }
    return Reflect.apply(write, this, given);
  } as typeof write;
}
