import * as z from 'zod';
import type { JobRecord, Pod } from './job-record';
import { specOf } from './pod-plan';

const text = z.string().nullish().catch(undefined);
const texts = z.array(z.string()).nullish().catch(undefined);

const containerSchema = z.object({
  Name: text,
  Command: texts,
  Args: texts,
  WorkingDir: text,
  Env: z
    .array(z.object({ Name: text, Value: text }))
    .nullish()
    .catch(undefined),
});
type Container = z.infer<typeof containerSchema>;

const hook = z
  .object({ Exec: z.object({ Command: texts }).nullish() })
  .nullish()
  .catch(undefined);

const extraPodSpec = z.object({
  InitContainers: z.array(containerSchema).nullish().catch(undefined),
  SideCarContainers: z.array(containerSchema).nullish().catch(undefined),
  SharedVolumeMountPaths: texts,
  Lifecycle: z.object({ PostStart: hook, PreStop: hook }).nullish().catch(undefined),
});

/** The ExtraPodSpec of a pod's role, empty where it has none. */
export function extrasOf(job: JobRecord, pod: Pod): z.infer<typeof extraPodSpec> {
  return extraPodSpec.safeParse(specOf(job, pod)?.ExtraPodSpec).data ?? {};
}

/**
 * The part of podMain (pod-wrapper.ts) that runs a pod's init containers, one after the other, and begins its sidecars. All
 * share the pod's view and its output: no image is pulled, so only what Command and Args say can run.
 */
export function containersScript(job: JobRecord, pod: Pod): string {
  const { InitContainers, SideCarContainers } = extrasOf(job, pod);
  return [
    ...(InitContainers ?? []).map((container, index) => initScript(container, container.Name || `${index}`)),
    ...(SideCarContainers ?? []).map((container, index) =>
      sidecarScript(container, container.Name || `${index}`),
    ),
  ].join('\n');
}

/** Whether something is to run in a pod before it is told to end. */
export function hasPreStop(job: JobRecord, pod: Pod): boolean {
  return Boolean(extrasOf(job, pod).Lifecycle?.PreStop?.Exec?.Command?.length);
}

/** The hooks of the main container as functions that podMain (pod-wrapper.ts) calls; empty where there are none. */
export function hooksScript(job: JobRecord, pod: Pod): string {
  const { PostStart, PreStop } = extrasOf(job, pod).Lifecycle ?? {};
  const define = (name: string, given: typeof PreStop): string[] => {
    const run = runScript({ Command: given?.Exec?.Command });
    return run ? [`${name}() {\n${run}\n}`] : [];
  };
  return [...define('post_start', PostStart), ...define('pre_stop', PreStop)].join('\n');
}

function initScript(container: Container, name: string): string {
  const run = runScript(container);
  if (!run) return leftOut(`init container ${name}`);
  const why = quote(`stopped at its init container ${name}, which exited with code `);
  return [
    run,
    'code=$?',
    '[ -z "$stopped" ] || exit "$stopped"',
    `[ "$code" = 0 ] || { printf '%s\\n' ${why}"$code" >&9; exit "$code"; }`,
  ].join('\n');
}

function sidecarScript(container: Container, name: string): string {
  const run = runScript(container);
  return run ? `${run} &\nsidecars="$sidecars $!"` : leftOut(`sidecar ${name}`);
}

function leftOut(what: string): string {
  return `printf '%s\\n' ${quote(`[The ${what} is left out: it has no Command, and its image is not pulled.]`)}`;
}

function runScript({ Command, Args, WorkingDir, Env }: Container): string | undefined {
  const words = [...(Command ?? []), ...(Command?.length ? (Args ?? []) : [])];
  if (words.length === 0) return undefined;
  const enter = WorkingDir
    ? [`cd "$DLC_LOCAL_ROOT"${quote(WorkingDir)} 2>/dev/null || cd ${quote(WorkingDir)} || exit 126`]
    : [];
  const variables = (Env ?? []).flatMap(({ Name, Value }) =>
    Name && /^[A-Za-z_][A-Za-z0-9_]*$/.test(Name) ? [`export ${Name}=${quote(Value ?? '')}`] : [],
  );
  return `(\n${[...enter, ...variables, `exec ${words.map(quote).join(' ')}`].join('\n')}\n) ${closed}`;
}

/** What is the server's own business reaches no command of a pod. */
const closed = '6>&- 7>&- 9>&-';

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
