import { checkCreateJob } from '@/lib/dlc/check';
import { type Draft, toBody, toControlName } from '@/lib/dlc/draft';
import { isKept, type MapRow } from '@/lib/dlc/draft-codec';
import { withMark } from '@/lib/dlc/mark';
import type { Fault } from '@/lib/problem';

/** Faults by the name of the control that shows them; '' is the whole job. */
export type NamedFaults = Map<string, Fault>;

/** Names faults of a body by the controls of its draft; the first of a control counts. */
export function nameFaults(draft: Draft, faults: Fault[]): NamedFaults {
  const named: NamedFaults = new Map();
  for (const fault of faults) {
    const name = toControlName(draft, fault.path, fault.part);
    if (!named.has(name)) named.set(name, fault);
  }
  return named;
}

/** A map cannot hold a name twice, nor tell blank ones apart, so its rows are looked at before they become one. */
function misnamed(draft: Draft): NamedFaults {
  const found: NamedFaults = new Map();
  const look = (name: string, rows: MapRow[]) => {
    const seen = new Set<string>();
    for (const [index, row] of rows.entries()) {
      if (!isKept(row)) continue;
      if (row.key === '') found.set(`${name}.${index}.key`, { path: [], key: 'required' });
      else if (seen.has(row.key))
        found.set(`${name}.${index}.key`, { path: [], key: 'map.twice', params: { name: row.key } });
      seen.add(row.key);
    }
  };
  look('Envs', draft.Envs);
  look('Settings.Tags', draft.Settings.Tags);
  for (const [role, { ExtraPodSpec }] of draft.JobSpecs.entries())
    for (const group of ['SideCarContainers', 'InitContainers'] as const)
      for (const [index, { Resources }] of ExtraPodSpec[group].entries())
        for (const kind of ['Limits', 'Requests'] as const)
          look(`JobSpecs.${role}.ExtraPodSpec.${group}.${index}.Resources.${kind}`, Resources[kind]);
  return found;
}

/** A body tells a quota job by its quota or its amounts; while both are blank only the draft knows what is meant. */
function quotaFaults(draft: Draft): NamedFaults {
  const found: NamedFaults = new Map();
  if (draft.pool !== 'quota') return found;
  if (draft.ResourceId === '') found.set('ResourceId', { path: ['ResourceId'], key: 'pool.quotaMissing' });
  for (const [index, { ResourceConfig }] of draft.JobSpecs.entries()) {
    const { rest: _, ...amounts } = ResourceConfig;
    const name = `JobSpecs.${index}.ResourceConfig.CPU`;
    if (Object.values(amounts).every((value) => value === ''))
      found.set(name, { path: [], key: 'pool.amountsMissing' });
  }
  return found;
}

/** Everything wrong with a draft as it would be sent, mark included. */
export function checkDraft(draft: Draft, submissionId: string): NamedFaults {
  const faults = checkCreateJob(withMark(toBody(draft), submissionId));
  const shown = faults.filter(({ key }) => draft.pool !== 'quota' || key !== 'pool.ecsMissing');
  return new Map([...misnamed(draft), ...nameFaults(draft, shown), ...quotaFaults(draft)]);
}
