import type { BodySeal } from './body-seal';
import type { Checkout } from './clone-code';
import { complainOfMountPath, toMountPath } from './complain-of-path';
import type { JobRecord, Reason } from './job-record';
import type { Mount } from './mount';
import type { Registry } from './registry';

type CodeRequest = { id: string; branch: string; commit: string; mountPath: string };

export function codeSourceOf({ request }: JobRecord): CodeRequest | undefined {
  const source = request.CodeSource;
  if (typeof source !== 'object' || source === null) return undefined;
  const given = new Map<string, unknown>(Object.entries(source));
  const read = (name: string): string => String(given.get(name) ?? '');
  const id = read('CodeSourceId');
  return id
    ? { id, branch: read('Branch'), commit: read('Commit'), mountPath: read('MountPath') }
    : undefined;
}

/** What to clone for a job and where its pods see it, or why that cannot be; undefined where it asks for no code. */
export function findCheckout(
  job: JobRecord,
  { registry, seal, hidden }: { registry: Registry; seal: BodySeal; hidden: string[] },
  folder: string,
): { value: { checkout: Checkout; mount: Mount } } | { reason: Reason } | undefined {
  const wanted = codeSourceOf(job);
  if (!wanted) return undefined;
  const source = registry.find('codeSources', wanted.id);
  if (!source) {
    const message = `CodeSource.CodeSourceId: no code source ${wanted.id} is registered with this local DLC.`;
    return { reason: { code: 'CodeSourceNotFound', message } };
  }
  const target = wanted.mountPath || source.mountPath;
  const complaint = complainOfMountPath(target, hidden);
  if (complaint)
    return { reason: { code: 'MountFailed', message: `CodeSource could not be mounted: ${complaint}.` } };
  const opened = source.sealedToken ? seal.open(source.sealedToken, source.id) : undefined;
  const token = typeof opened === 'object' && opened && 'token' in opened ? String(opened.token) : '';
  // A commit of the source belongs to its own branch.
  const commit = wanted.commit || (wanted.branch && wanted.branch !== source.branch ? '' : source.commit);
  const { id, repository, userName } = source;
  const checkout = { id, repository, branch: wanted.branch || source.branch, commit, userName, token };
  return { value: { checkout, mount: { source: folder, target: toMountPath(target), readOnly: false } } };
}
