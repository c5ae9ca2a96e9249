import { type Answer, done, refuse, refuseParameter } from './answer';
import { type EcsSpec, ecsSpecs } from './ecs-specs';
import type { Cloud, Question } from './operation';
import { readInteger, readQuery } from './query';
import { fits } from './resources';

/** dlc-api.md §2.7. A type is available where the whole machine could hold one pod of it. */
export function listEcsSpecs({ machine }: Cloud, question: Question): Answer {
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  // The live server refuses what its documents allow, and so does this one.
  if (query.value.has('SortBy')) return refuse(400, 'BadRequest', 'SortBy: is not supported.');
  const order = query.value.get('Order');
  if (order !== undefined && order !== 'asc' && order !== 'desc')
    return refuseParameter('Order: must be asc or desc.');
  const page = readInteger(query.value, 'PageNumber', { fallback: 1, min: 1, max: 1_000 });
  if ('refusal' in page) return page.refusal;
  const size = readInteger(query.value, 'PageSize', { fallback: 10, min: 1, max: 100 });
  if ('refusal' in size) return size.refusal;
  const accelerator = query.value.get('AcceleratorType');
  const resourceType = query.value.get('ResourceType') ?? 'ECS';
  const names = query.value.get('InstanceTypes')?.split(',');
  const found = ecsSpecs.filter(
    (spec) =>
      resourceType === 'ECS' &&
      (accelerator === undefined || spec.AcceleratorType === accelerator) &&
      (!names || names.includes(spec.InstanceType)),
  );
  const from = (page.value - 1) * size.value;
  const specs = found.slice(from, from + size.value).map((spec) => toView(spec, machine));
  return done({ EcsSpecs: specs, TotalCount: found.length });
}

function toView(spec: EcsSpec, { capacity }: Cloud['machine']): Record<string, unknown> {
  const isAvailable = fits({ cpu: spec.Cpu, memoryGiB: spec.Memory, gpu: spec.Gpu }, capacity);
  return {
    ...spec,
    IsAvailable: isAvailable,
    ResourceType: 'ECS',
    PaymentTypes: ['PostPaid'],
    SupportedGPUDrivers: [],
    SpotStockStatus: isAvailable ? 'WithStock' : 'NoStock',
  };
}
