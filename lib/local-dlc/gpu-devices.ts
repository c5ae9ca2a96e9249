import { hasEnded, type JobRecord, type Pod } from './job-record';
import { needOf } from './queue';

/** What the GPUs that pods get are called: what the server itself is confined to, else the first numbers. */
export function nameDevices(count: number, confinedTo: string | undefined): string[] {
  const numbers = Array.from({ length: count }, (_, number) => String(number));
  if (confinedTo === undefined) return numbers;
  const names = [...new Set(confinedTo.split(',').map((name) => name.trim()))].filter(Boolean);
  if (names.length < count)
    throw new Error(
      `The local DLC is to give out ${count} GPU, but CUDA_VISIBLE_DEVICES names ${names.length}: lower JOBWRIGHT_LOCAL_GPU, or name more.`,
    );
  return names.slice(0, count);
}

/**
 * The job with devices of its own for each of its pods that asks for some. They are part of its record, so a server that
 * comes back knows whose they are; one is free again when its pod has ended. Throws where too few are free.
 */
export function giveDevices(job: JobRecord, active: JobRecord[], devices: string[]): JobRecord {
  const others = active.filter(({ jobId }) => jobId !== job.jobId);
  const held = new Set([...others, job].flatMap(({ pods }) => pods.flatMap(devicesOf)));
  const free = devices.filter((name) => !held.has(name));
  const pods = job.pods.map((pod): Pod => {
    const count = hasEnded(pod) || pod.devices ? 0 : needOf(job, [pod]).gpu;
    if (count === 0) return pod;
    if (count > free.length)
      throw new Error(`${pod.podId} needs ${count} GPU, and ${free.length} are free to be given to it.`);
    return { ...pod, devices: free.splice(0, count) };
  });
  return { ...job, pods };
}

function devicesOf(pod: Pod): string[] {
  return hasEnded(pod) ? [] : (pod.devices ?? []);
}

/** What tells a pod of its GPUs, or that it has none; nothing where the machine's were not named to the server. */
export function deviceVariables(pod: Pod, devices: string[]): Record<string, string> {
  if (devices.length === 0) return {};
  const own = pod.devices?.join(',') ?? '';
  return { CUDA_VISIBLE_DEVICES: own, NVIDIA_VISIBLE_DEVICES: own || 'void' };
}
