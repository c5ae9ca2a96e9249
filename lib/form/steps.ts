export const steps = [
  'basics',
  'roles',
  'code',
  'data',
  'environment',
  'network',
  'scheduling',
  'review',
] as const;
export type Step = (typeof steps)[number];

const homes: Record<string, Step> = {
  DisplayName: 'basics',
  JobType: 'basics',
  WorkspaceId: 'basics',
  pool: 'roles',
  sameImage: 'roles',
  ResourceId: 'roles',
  JobSpecs: 'roles',
  UserCommand: 'code',
  CodeSource: 'code',
  ThirdpartyLibs: 'code',
  ThirdpartyLibDir: 'code',
  DataSources: 'data',
  Envs: 'environment',
  Options: 'environment',
  UserVpc: 'network',
  Priority: 'scheduling',
  JobMaxRunningTimeMinutes: 'scheduling',
  Settings: 'scheduling',
};

export function parseStep(value: string | null | undefined): Step {
  return steps.find((step) => step === value) ?? 'basics';
}

/** The step that shows a control; what no control shows belongs to the review. */
export function stepOf(controlName: string): Step {
  return homes[controlName.split('.')[0] ?? ''] ?? 'review';
}

export function stepAfter(step: Step, by: 1 | -1): Step | undefined {
  return steps[steps.indexOf(step) + by];
}
