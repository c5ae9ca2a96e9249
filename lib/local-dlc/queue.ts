import { enteredAt, hasEnded, type JobRecord, type Pod, type Reason } from './job-record';
import { add, describeResources, fits, needOfSpec, nothing, type Resources } from './resources';

export type QueuePlan = {
  /** Those whose turn it is, in order. */
  starting: JobRecord[];
  /** Those that could not run even alone, and why. */
  impossible: { job: JobRecord; reason: Reason }[];
  /** Why each of the others waits, by JobId. */
  waiting: Map<string, Reason>;
};

/** What a set of a job's pods takes. A promoted Master (pod-plan.ts) takes what its Worker's role says. */
export function needOf(job: JobRecord, pods: Pod[]): Resources {
  const specs: Record<string, unknown>[] = Array.isArray(job.request.JobSpecs) ? job.request.JobSpecs : [];
  const specOf = (role: string) =>
    specs.find(({ Type }) => String(Type).toLowerCase() === role) ?? specs[0] ?? {};
  return pods.reduce((sum, { role }) => add(sum, needOfSpec(specOf(role))), nothing);
}

/** A job holds its share from EnvPreparing on; a pod gives its part back when it ends. */
function isHolding(job: JobRecord): boolean {
  const isBefore = job.status === 'Creating' || job.status === 'Queuing';
  return !isBefore && enteredAt(job, 'EnvPreparing') !== undefined;
}

export function freeOf(active: JobRecord[], capacity: Resources): Resources {
  const pods = (job: JobRecord) => job.pods.filter((pod) => !hasEnded(pod));
  return active
    .filter(isHolding)
    .reduce((free, job) => add(free, needOf(job, pods(job)), -1), { ...capacity });
}

/**
 * Whose turn it is. Higher Priority goes first, then age. Each quota (ResourceId; none: the public pool) is a line of its
 * own, and in a line nobody overtakes: a job that does not fit holds back all behind it, or small ones would starve it.
 */
export function planQueue(active: JobRecord[], capacity: Resources, isReady: (job: JobRecord) => boolean) {
  const plan: QueuePlan = { starting: [], impossible: [], waiting: new Map() };
  let free = freeOf(active, capacity);
  const waitingInLine = new Map<unknown, number>();
  for (const job of active.filter(({ status }) => status === 'Queuing').sort(inOrder)) {
    if (!isReady(job)) continue;
    const need = needOf(job, job.pods);
    if (!fits(need, capacity)) {
      plan.impossible.push({ job, reason: neverFits(need, capacity) });
      continue;
    }
    const line = job.request.ResourceId ?? '';
    const ahead = waitingInLine.get(line) ?? 0;
    if (ahead === 0 && fits(need, free)) {
      free = add(free, need, -1);
      plan.starting.push(job);
      continue;
    }
    plan.waiting.set(job.jobId, waits(need, free, ahead));
    waitingInLine.set(line, ahead + 1);
  }
  return plan;
}

function inOrder(left: JobRecord, right: JobRecord): number {
  return (
    priorityOf(right) - priorityOf(left) ||
    left.createdAt - right.createdAt ||
    (left.jobId < right.jobId ? -1 : 1)
  );
}

function priorityOf({ request }: JobRecord): number {
  return typeof request.Priority === 'number' ? request.Priority : 1;
}

function neverFits(need: Resources, capacity: Resources): Reason {
  const message = `The job needs ${describeResources(need)}, and the local DLC has ${describeResources(capacity)} in all: ask for less, or start it with more.`;
  return { code: 'ResourceAllocateFailed', message };
}

function waits(need: Resources, free: Resources, ahead: number): Reason {
  const line = ahead === 1 ? ' 1 job is ahead of it.' : ahead > 1 ? ` ${ahead} jobs are ahead of it.` : '';
  const message = `The job waits for ${describeResources(need)}; ${describeResources(free)} are free.${line}`;
  return { code: 'WaitingForResources', message };
}
