import * as z from 'zod';
import { jobSpecShape } from './job-spec-shape';

/** Leaf types of CreateJob's body (dlc-api.md §1.1, §1.6–§1.10). A null counts as absent; unknown keys pass. */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const whole = z.int().nullish();
const texts = z.array(z.string()).nullish();
/** What reaches a process: neither its command nor its environment can hold a NUL. */
const spawned = z.string().refine((value) => !value.includes('\0'), 'must not hold a NUL character');

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable');

const settings = z.looseObject({
  BusinessUserId: text,
  Caller: text,
  PipelineId: text,
  EnableTideResource: flag,
  EnableErrorMonitoringInAIMaster: flag,
  ErrorMonitoringArgs: text,
  Tags: z.record(z.string(), z.string()).nullish(),
  AdvancedSettings: z.record(z.string(), z.unknown()).nullish(),
  OversoldType: text,
  EnableOssAppend: flag,
  EnableRDMA: flag,
  Driver: text,
  JobReservedMinutes: whole,
  JobReservedPolicy: text,
  EnableSanityCheck: flag,
  SanityCheckArgs: text,
  DisableEcsStockCheck: flag,
  EnableCPUAffinity: flag,
  AllocateAllRDMADevices: flag,
  DataJuicerConfig: z
    .looseObject({ CommandType: text, ExecutionMode: text, EnableResourceEstimation: flag })
    .nullish(),
  EnableDSWDev: flag,
  ModelConfig: z.looseObject({ ModelName: text }).nullish(),
  AllowUnschedulableNodes: flag,
  Shell: text,
  TerminationGracePeriodSeconds: z.int().min(0, 'must not be negative').nullish(),
  ElasticSpotJobMaxRestartTimes: whole,
});

const dataSource = z.looseObject({
  DataSourceId: text,
  MountPath: text,
  Uri: text,
  Options: text,
  DataSourceVersion: text,
  MountAccess: text,
  EnableCache: flag,
  AccessPointId: text,
  RoleChain: text,
});

const credentialConfig = z.looseObject({
  EnableCredentialInject: flag,
  AliyunEnvRoleKey: text,
  CredentialConfigItems: z.array(z.looseObject({ Key: text, Type: text })).nullish(),
});

export const createJobShape = z.looseObject({
  DisplayName: z
    .string()
    .min(1, 'must not be empty')
    .max(256, 'must have at most 256 characters')
    .regex(/^[0-9A-Za-z_.-]*$/, 'may hold only letters, digits, "_", "." and "-"'),
  JobType: z.string().min(1, 'must not be empty'),
  JobSpecs: z.array(jobSpecShape).min(1, 'must hold at least one role'),
  UserCommand: spawned.min(1, 'must not be empty'),
  DataSources: z.array(dataSource).nullish(),
  CodeSource: z
    .looseObject({ CodeSourceId: text, Branch: text, Commit: text, MountPath: text, IsSharedMountPath: flag })
    .nullish(),
  UserVpc: z
    .looseObject({
      VpcId: text,
      SwitchId: text,
      SecurityGroupId: text,
      ExtendedCIDRs: texts,
      DefaultRoute: text,
    })
    .nullish(),
  ThirdpartyLibs: texts,
  ThirdpartyLibDir: text,
  Envs: z.record(variable, spawned).nullish(),
  JobMaxRunningTimeMinutes: z.int().min(1, 'must be at least 1').nullish(),
  WorkspaceId: spawned.nullish(),
  ResourceId: text,
  Priority: z.int().min(1, 'must be between 1 and 9').max(9, 'must be between 1 and 9').nullish(),
  Settings: settings.nullish(),
  ElasticSpec: z.looseObject({}).nullish(),
  DebuggerConfigContent: text,
  Options: text,
  SuccessPolicy: text,
  CredentialConfig: credentialConfig.nullish(),
  Accessibility: z.enum(['PUBLIC', 'PRIVATE'], 'must be PUBLIC or PRIVATE').nullish(),
  CustomEnvs: z.array(z.looseObject({ Key: variable, Value: spawned.nullish(), Visible: text })).nullish(),
  TemplateId: text,
  TemplateVersion: whole,
  Description: text,
  SchedulingStrategy: text,
});

export type CreateJobBody = z.infer<typeof createJobShape>;
