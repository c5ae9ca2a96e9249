import {
  type Bag,
  type DraftOf,
  flag,
  isBag,
  isDraftOf,
  isKept,
  type Kind,
  list,
  type MapRow,
  map,
  number,
  object,
  type TextRow,
  text,
  texts,
  toBodyOf,
  toDraftOf,
} from './draft-codec';

const container = object({
  Name: text,
  Image: text,
  Command: texts,
  Args: texts,
  WorkingDir: text,
  Env: list(object({ Name: text, Value: text })),
  Resources: object({ Limits: map, Requests: map }),
});

const jobSpec = object({
  Type: text,
  Image: text,
  PodCount: number,
  EcsSpec: text,
  ResourceConfig: object({ CPU: text, GPU: text, Memory: text, SharedMemory: text, GPUType: text }),
  UseSpotInstance: flag,
  ExtraPodSpec: object({
    SideCarContainers: list(container),
    InitContainers: list(container),
    SharedVolumeMountPaths: texts,
  }),
});

const dataSource = object({ DataSourceId: text, MountPath: text });

/** Every field the form has a control for. */
export const shape = object({
  DisplayName: text,
  JobType: text,
  JobSpecs: list(jobSpec),
  UserCommand: text,
  DataSources: list(dataSource),
  CodeSource: object({ CodeSourceId: text, Branch: text, Commit: text, MountPath: text }),
  UserVpc: object({ VpcId: text, SwitchId: text, SecurityGroupId: text, ExtendedCIDRs: texts }),
  ThirdpartyLibs: texts,
  ThirdpartyLibDir: text,
  Envs: map,
  JobMaxRunningTimeMinutes: number,
  WorkspaceId: text,
  ResourceId: text,
  Priority: number,
  Settings: object({
    BusinessUserId: text,
    Caller: text,
    PipelineId: text,
    EnableTideResource: flag,
    EnableErrorMonitoringInAIMaster: flag,
    ErrorMonitoringArgs: text,
    Tags: map,
  }),
  Options: text,
});

/** Where the pods run. `mixed` is a job from elsewhere that names both: everything is kept, and the rules say to choose. */
export type Pool = 'public' | 'quota' | 'mixed';
export type Draft = DraftOf<typeof shape> & {
  pool: Pool;
  /** A role whose image is blank takes the first role's. */
  sameImage: boolean;
  /** Roles the job type does not have: kept, never sent. */
  parked: RoleDraft[];
};
export type RoleDraft = DraftOf<typeof jobSpec>;
export type ContainerDraft = RoleDraft['ExtraPodSpec']['SideCarContainers'][number];
export type DataSourceDraft = Draft['DataSources'][number];

export function newRole(type: string): RoleDraft {
  return toDraftOf(jobSpec, { Type: type, PodCount: 1 });
}

export function newContainer(): ContainerDraft {
  return toDraftOf(container, {});
}

export function newDataSource(): DataSourceDraft {
  return toDraftOf(dataSource, {});
}

export function newDraft(): Draft {
  return {
    ...toDraft({ JobType: 'PyTorchJob', JobSpecs: [{ Type: 'Worker', PodCount: 1 }] }),
    sameImage: true,
  };
}

const emptyAmounts = toDraftOf(jobSpec.leaves.ResourceConfig, {});

/** Whether something kept outside the program is a draft. */
export function isDraft(value: unknown): value is Draft {
  if (!isDraftOf(shape, value) || !isBag(value)) return false;
  const { pool, sameImage, parked } = value;
  const isPool = pool === 'public' || pool === 'quota' || pool === 'mixed';
  return (
    isPool &&
    typeof sameImage === 'boolean' &&
    Array.isArray(parked) &&
    parked.every((role) => isDraftOf(jobSpec, role))
  );
}

function hasAmounts(role: RoleDraft): boolean {
  return Object.keys(toBodyOf(jobSpec.leaves.ResourceConfig, role.ResourceConfig)).length > 0;
}

function poolOf(draft: DraftOf<typeof shape>): Pool {
  if (draft.ResourceId === '' && !draft.JobSpecs.some(hasAmounts)) return 'public';
  return draft.JobSpecs.some((role) => role.EcsSpec !== '') ? 'mixed' : 'quota';
}

/** The draft of any body; inverse of `toBody` as JSON values. */
export function toDraft(body: Bag): Draft {
  const draft = toDraftOf(shape, body);
  return { ...draft, pool: poolOf(draft), sameImage: false, parked: [] };
}

/** The body of any draft, finished or not. What belongs to the pool that was not chosen stays behind in the draft. */
export function toBody(draft: Draft): Bag {
  const { pool, sameImage } = draft;
  const image = draft.JobSpecs[0]?.Image ?? '';
  return toBodyOf(shape, {
    ...draft,
    ResourceId: pool === 'public' ? '' : draft.ResourceId,
    JobSpecs: draft.JobSpecs.map((role) => ({
      ...role,
      Image: sameImage && role.Image === '' ? image : role.Image,
      EcsSpec: pool === 'quota' ? '' : role.EcsSpec,
      ResourceConfig: pool === 'public' ? emptyAmounts : role.ResourceConfig,
    })),
  });
}

/** Where the draft keeps the leaf at `path` of its body: in a control, a row, or a `rest`. */
export function toDraftPath(
  draft: Draft,
  path: (string | number)[],
  part: 'key' | 'value' = 'value',
): (string | number)[] {
  const found: (string | number)[] = [];
  let kind: Kind = shape;
  let at: unknown = draft;
  for (const [index, step] of path.entries()) {
    if (kind.kind === 'object') {
      const leaf: Kind | undefined = Object.hasOwn(kind.leaves, step) ? kind.leaves[step] : undefined;
      const held: boolean = isBag(at) && isBag(at.rest) && Object.hasOwn(at.rest, step);
      if (!leaf || (held && path.length > index + 1)) return [...found, 'rest', ...path.slice(index)];
      found.push(step);
      kind = leaf;
      at = isBag(at) ? at[step] : undefined;
    } else if (kind.kind === 'list') {
      found.push(step);
      at = Array.isArray(at) ? at[Number(step)] : undefined;
      kind = kind.of;
    } else {
      const row = findRow(kind, at, step);
      return row === undefined ? found : [...found, row, kind.kind === 'map' ? part : 'value'];
    }
  }
  return found;
}

/** The index of the row that became an entry of the body; blank rows became none, and of equal names the last counts. */
function findRow(kind: Kind, rows: unknown, step: string | number): number | undefined {
  if (!Array.isArray(rows)) return undefined;
  const kept = [...(rows as (TextRow | MapRow)[]).entries()].filter(([, row]) => isKept(row));
  const named = kept.findLast(([, row]) => 'key' in row && row.key === String(step));
  return (kind.kind === 'texts' ? kept[Number(step)] : named)?.[0];
}

/** The name of the control that holds the leaf at `path` of the body; the nearest one above where no control does. */
export function toControlName(
  draft: Draft,
  path: (string | number)[],
  part: 'key' | 'value' = 'value',
): string {
  const found = toDraftPath(draft, path, part);
  const hidden = found.indexOf('rest');
  return (hidden < 0 ? found : found.slice(0, hidden)).join('.');
}

/** Fields that no control shows but that are sent: dotted paths of the body, e.g. `ElasticSpec`, `JobSpecs.0.RestartPolicy`. */
export function carriedPaths(draft: Draft): string[] {
  const found: string[] = [];
  const visit = (kind: Kind, at: unknown, path: string[]): void => {
    if (kind.kind === 'list' && Array.isArray(at))
      for (const [index, item] of at.entries()) visit(kind.of, item, [...path, String(index)]);
    if (kind.kind !== 'object' || !isBag(at)) return;
    for (const key of Object.keys(isBag(at.rest) ? at.rest : {}))
      if (!Object.hasOwn(kind.leaves, key)) found.push([...path, key].join('.'));
    for (const [key, leaf] of Object.entries(kind.leaves)) visit(leaf, at[key], [...path, key]);
  };
  visit(shape, draft, []);
  return found;
}
