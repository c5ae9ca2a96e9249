import { setTimeout as pause } from 'node:timers/promises';
import type { Member, Submit } from './crew';
import type { Planned } from './plan';
import { newRandom } from './random';
import type { Told } from './verdict';
import type { Word } from './worker';

/** The people of a run: they press Submit as planned, and once more where no answer came. */
export type Presses = {
  sendAll(plan: Planned[], perSecond: number): Promise<void>;
  /** Presses “Submit again” in two tabs at once. */
  sendAgain(id: string, attempt: number): Promise<void>;
  onOutcome(outcome: Extract<Word, { kind: 'outcome' }>): void;
  onLost(orders: Submit[]): void;
  /** A whole request of it has reached the DLC: whether its sender is to be killed now. */
  isFatal(id: string): boolean;
  told: Told[];
  sent(): number;
  answers(): number;
};

type Press = Pick<Submit, 'id' | 'body' | 'resend' | 'waitMs'> & Partial<Pick<Submit, 'again' | 'at'>>;

// What waits longer is a person who does not press the next thing.
const maxOpen = 16;

export function newPresses(crew: readonly Member[], seed: string): Presses {
  const random = newRandom(`${seed} people`);
  const plans = new Map<string, Planned>();
  const fatal = new Set<string>();
  const answered = new Map<number, () => void>();
  const told: Told[] = [];
  let sent = 0;
  let answers = 0;

  async function press(to: number, given: Press): Promise<void> {
    const number = sent;
    sent += 1;
    const done = new Promise<void>((resolve) => answered.set(number, resolve));
    crew[to]?.order({ kind: 'submit', number, ...given });
    await done;
    answered.delete(number);
  }

  async function send({ id, body, resend, sends }: Planned): Promise<void> {
    await Promise.all(
      sends.map(async ({ afterMs, to, waitMs, at }) => {
        await pause(afterMs);
        if (at?.point === 'after-body') fatal.add(id);
        await press(to, { id, body, resend, waitMs, ...(at ? { at } : {}) });
      }),
    );
  }

  return {
    told,
    sent: () => sent,
    answers: () => answers,
    isFatal: (id) => fatal.delete(id),

    async sendAll(plan, perSecond) {
      const open = new Set<Promise<void>>();
      for (const planned of plan) {
        plans.set(planned.id, planned);
        const work = send(planned).finally(() => open.delete(work));
        open.add(work);
        await pause(1_000 / perSecond);
        while (open.size > maxOpen) await Promise.race(open);
      }
      await Promise.all(open);
    },

    async sendAgain(id, attempt) {
      const planned = plans.get(id);
      if (!planned) return;
      const { body, resend } = planned;
      const given = { id, body, resend, waitMs: 1_000, again: attempt };
      await Promise.all([0, 1].map((to) => press(to, given)));
    },

    onOutcome({ number, id, outcome, state, jobId }) {
      if (state !== undefined) told.push({ id, state: outcome === 'conflict' ? outcome : state, jobId });
      answers += 1;
      answered.get(number)?.();
    },

    onLost(orders) {
      for (const { number, id, body, resend, waitMs } of orders) {
        const to = random.between(0, 1);
        const afterMs = random.between(0, 800);
        const gives = random.chance(0.3);
        // Without `again`: they do not know what became of it.
        const next = gives ? undefined : pause(afterMs).then(() => press(to, { id, body, resend, waitMs }));
        Promise.resolve(next).then(() => answered.get(number)?.());
      }
    },
  };
}
