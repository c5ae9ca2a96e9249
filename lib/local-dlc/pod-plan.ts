import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { JobRecord, Pod } from './job-record';

export type RoleCount = { Type: string; PodCount: number };

/** Types whose first Worker becomes the Master where none is given (dlc-api.md §1.4). */
const promoting = new Set(['PyTorchJob', 'XGBoostJob', 'OneFlowJob', 'ElasticBatchJob']);

/** Ranks begin at the role that leads; the other roles follow in the order of JobSpecs. */
const leaders = new Set(['chief', 'master', 'head']);

const specsSchema = z.array(z.record(z.string(), z.unknown()));

export type PodPlace = { role: string; index: number };

/** The pods of a job in the order of their ranks. */
export function planPods(jobType: string, roles: RoleCount[]): PodPlace[] {
  const places = roles.flatMap(({ Type, PodCount }) =>
    Array.from({ length: PodCount }, (_, index) => ({ role: Type.toLowerCase(), index })),
  );
  if (promoting.has(jobType) && !places.some(({ role }) => role === 'master')) {
    const workers = places.filter(({ role }) => role === 'worker');
    const others = places.filter(({ role }) => role !== 'worker');
    return [{ role: 'master', index: 0 }, ...workers.slice(0, -1), ...others];
  }
  return [
    ...places.filter(({ role }) => leaders.has(role)),
    ...places.filter(({ role }) => !leaders.has(role)),
  ];
}

/** Every pod gets a port of its own where the framework wants one each; the others share the first pod's. */
export function newPods(jobId: string, places: PodPlace[], ports: number[]): Pod[] {
  return places.map(({ role, index }, rank) => ({
    podId: `${jobId}-${role}-${index}`,
    podUid: randomUUID(),
    role,
    index,
    port: ports[rank] ?? ports[0] ?? 0,
    status: 'Pending',
  }));
}

/** The element of JobSpecs that a pod was made from; a Worker promoted to Master keeps the Worker's. */
export function specOf(job: JobRecord, pod: Pod): Record<string, unknown> | undefined {
  const specs = specsSchema.safeParse(job.request.JobSpecs).data ?? [];
  const withRole = (role: string) => specs.find(({ Type }) => String(Type).toLowerCase() === role);
  return withRole(pod.role) ?? (pod.role === 'master' ? withRole('worker') : undefined);
}
