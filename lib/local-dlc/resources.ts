import { availableParallelism, totalmem } from 'node:os';
import { ecsSpecs } from './ecs-specs';

export type Resources = { cpu: number; memoryGiB: number; gpu: number };

/** What a role takes that names no known instance type: little, so that a job written for the cloud can be seen here. */
export const unknownNeed: Resources = { cpu: 0.1, memoryGiB: 0.125, gpu: 0 };

export const nothing: Resources = { cpu: 0, memoryGiB: 0, gpu: 0 };

const bytesBySuffix: Record<string, number> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A Kubernetes quantity of cores (`4`, `0.5`, `500m`) or of bytes (`10Gi`); undefined where it is neither. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, suffix = ''] = /^(\d{1,15}(?:\.\d{1,9})?)(m|k|[KMGT]i?)?$/.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  const factor = suffix === 'm' ? 0.001 : bytesBySuffix[suffix];
  return factor === undefined ? undefined : Number(digits) * factor;
}

/** What one pod of a role takes: its ResourceConfig, or what its EcsSpec has in ListEcsSpecs. */
export function needOfSpec(spec: Record<string, unknown>): Resources {
  const config = spec.ResourceConfig;
  if (typeof config === 'object' && config !== null && Object.values(config).some((value) => value)) {
    const read = (name: string): number | undefined => {
      const text = Object.entries(config).find(([key]) => key === name)?.[1];
      return typeof text === 'string' && text !== '' ? parseQuantity(text) : undefined;
    };
    const bytes = read('Memory');
    return {
      cpu: read('CPU') ?? unknownNeed.cpu,
      memoryGiB: bytes === undefined ? unknownNeed.memoryGiB : bytes / 2 ** 30,
      // A record of an earlier version may ask for a part of one.
      gpu: Math.ceil(read('GPU') ?? 0),
    };
  }
  const known = ecsSpecs.find(({ InstanceType }) => InstanceType === spec.EcsSpec);
  return known ? { cpu: known.Cpu, memoryGiB: known.Memory, gpu: known.Gpu } : unknownNeed;
}

/** What this process may use of the machine; GPUs are only those one names. */
export function machineCapacity(): Resources {
  const limit = process.constrainedMemory?.() ?? 0;
  const bytes = limit > 0 && limit < totalmem() ? limit : totalmem();
  return { cpu: availableParallelism(), memoryGiB: Math.floor((bytes / 2 ** 30) * 10) / 10, gpu: 0 };
}

export function add(left: Resources, right: Resources, sign: 1 | -1 = 1): Resources {
  return {
    cpu: round(left.cpu + sign * right.cpu),
    memoryGiB: round(left.memoryGiB + sign * right.memoryGiB),
    gpu: round(left.gpu + sign * right.gpu),
  };
}

/** Sums of tenths must not miss a whole number by a hair. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function fits(need: Resources, room: Resources): boolean {
  return need.cpu <= room.cpu && need.memoryGiB <= room.memoryGiB && need.gpu <= room.gpu;
}

export function describeResources({ cpu, memoryGiB, gpu }: Resources): string {
  const short = (value: number): string => String(Math.round(value * 1_000) / 1_000);
  return `${short(cpu)} CPU, ${short(memoryGiB)} GiB of memory and ${short(gpu)} GPU`;
}
