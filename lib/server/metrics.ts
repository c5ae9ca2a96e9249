import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DlcCall } from './dlc';
import type { Counts } from './observe';
import type { Unconfirmed } from './store/submissions';

export type Metrics = Counts & {
  /** The text that Prometheus reads. `unconfirmed` is undefined where the store did not say. */
  print(unconfirmed: Unconfirmed | undefined): Promise<string>;
  contentType: string;
};

const key = Symbol.for('jobwright.metrics');

// Next bundles pages, actions and instrumentation apart.
const shared = globalThis as { [key]?: Metrics };

export function metrics(): Metrics {
  shared[key] ??= newMetrics();
  return shared[key];
}

/** As the ledger takes it: what was not sent is refused. */
function toOutcome(outcome: DlcCall['outcome']): 'accepted' | 'refused' | 'unconfirmed' {
  if (outcome === 'ok') return 'accepted';
  return outcome === 'unconfirmed' ? 'unconfirmed' : 'refused';
}

export function newMetrics(now: () => number = Date.now): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const submissions = new Counter({
    name: 'jobwright_submissions_total',
    help: 'What CreateJob made of submissions (accepted, refused, unconfirmed), what became of the unconfirmed (found, not-created, needs-attention), second jobs seen (second-job), and presses that sent nothing (joined, conflict).',
    labelNames: ['outcome'],
    registers,
  });
  const calls = new Histogram({
    name: 'jobwright_dlc_call_duration_seconds',
    help: 'Calls to the DLC by operation and outcome, and how long they took.',
    labelNames: ['operation', 'outcome'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const storeUp = new Gauge({
    name: 'jobwright_store_up',
    help: '1 where the store answered this scrape in time. Without it the figures of the store are left out.',
    registers,
  });
  const count = new Gauge({
    name: 'jobwright_submissions_unconfirmed',
    help: 'Submissions of which nobody knows whether a job exists. All instances of one store say the same.',
    registers,
  });
  const age = new Gauge({
    name: 'jobwright_submissions_unconfirmed_oldest_seconds',
    help: 'How long ago the oldest unconfirmed submission was sent; 0 where there is none.',
    registers,
  });

  return {
    countCall({ operation, outcome, durationMs }) {
      calls.observe({ operation, outcome }, durationMs / 1_000);
      if (operation === 'CreateJob') submissions.inc({ outcome: toOutcome(outcome) });
    },
    countSubmission: (outcome) => submissions.inc({ outcome }),
    async print(unconfirmed) {
      storeUp.set(unconfirmed ? 1 : 0);
      // A figure that is not known is absent, not 0.
      count.remove();
      age.remove();
      if (unconfirmed) {
        const { oldestAt } = unconfirmed;
        count.set(unconfirmed.count);
        age.set(oldestAt ? Math.max(0, (now() - oldestAt.getTime()) / 1_000) : 0);
      }
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
