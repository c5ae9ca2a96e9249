import * as z from 'zod';
import { createJob } from '@/lib/dlc/create-job';

type Node = {
  properties?: Record<string, Node>;
  items?: Node;
  examples?: unknown[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
};

let root: Node | undefined;

/** The id under which a control's label and hint stand in the dictionary: its path without indices. */
export function toFieldId(controlName: string): string {
  return controlName
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.')
    .replace(/^JobSpecs\.ExtraPodSpec\.(SideCarContainers|InitContainers)\./, 'Container.')
    .replace(/\.(value|key)$/, '');
}

/** `isApi` is false for a control of ours that no field of the API stands behind. */
export type FieldFacts = { apiName: string; isApi: boolean; example?: string; default?: string };

/** What the schema says of a control's leaf: the API's name, an example, the API's default. */
export function fieldFacts(controlName: string): FieldFacts {
  root ??= z.toJSONSchema(createJob, { io: 'input' }) as Node;
  let node: Node | undefined = root;
  for (const part of controlName.split('.').filter((part) => part !== 'value' && part !== 'key')) {
    const next: Node | undefined = /^\d+$/.test(part) ? node?.items : node?.properties?.[part];
    if (!next) break;
    node = next;
  }
  const example = node?.examples?.flat()[0];
  return {
    apiName: toFieldId(controlName).split('.').at(-1) ?? controlName,
    isApi: node !== root,
    ...(example === undefined ? {} : { example: String(example) }),
    ...(node?.default === undefined ? {} : { default: String(node.default) }),
  };
}
