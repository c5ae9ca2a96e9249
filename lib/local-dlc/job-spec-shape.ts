import * as z from 'zod';

/** Leaf types of a JobSpec (dlc-api.md §1.2, §1.3, §1.5). A null counts as absent; unknown keys pass. */
const text = z.string().nullish();
const flag = z.boolean().nullish();
const whole = z.int().nullish();
const number = z.number().nullish();
const texts = z.array(z.string()).nullish();
const textMap = z.record(z.string(), z.string()).nullish();

const securityContext = z.looseObject({
  RunAsUser: whole,
  RunAsGroup: whole,
  Privileged: flag,
  Capabilities: z.looseObject({ Add: texts, Drop: texts }).nullish(),
  SeccompProfile: z.looseObject({ Type: text, LocalhostProfile: text }).nullish(),
});

const container = z.looseObject({
  Name: text,
  Image: text,
  Command: texts,
  Args: texts,
  WorkingDir: text,
  Env: z.array(z.looseObject({ Name: text, Value: text })).nullish(),
  Resources: z.looseObject({ Limits: textMap, Requests: textMap }).nullish(),
  SecurityContext: securityContext.nullish(),
});

const words = z.array(z.string().refine((value) => !value.includes('\0'), 'must not hold a NUL character'));
const hook = z.looseObject({ Exec: z.looseObject({ Command: words.nullish() }).nullish() }).nullish();

const extraPodSpec = z.looseObject({
  SideCarContainers: z.array(container).nullish(),
  InitContainers: z.array(container).nullish(),
  SharedVolumeMountPaths: texts,
  Lifecycle: z.looseObject({ PreStop: hook, PostStart: hook }).nullish(),
  MainContainerSecurityContext: securityContext.nullish(),
  PodLabels: textMap,
  PodAnnotations: textMap,
});

const hyperNodes = z.array(z.looseObject({ HyperNodeName: text, NodeNames: text })).nullish();

export const jobSpecShape = z.looseObject({
  Type: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,62}$/, 'must be the name of a role'),
  Image: text,
  PodCount: z.int().min(1, 'must be at least 1').nullish(),
  EcsSpec: text,
  ResourceConfig: z
    .looseObject({ CPU: text, GPU: text, Memory: text, SharedMemory: text, GPUType: text })
    .nullish(),
  ExtraPodSpec: extraPodSpec.nullish(),
  UseSpotInstance: flag,
  ImageConfig: z.looseObject({ DockerRegistry: text, Username: text, Password: text, Auth: text }).nullish(),
  SpotSpec: z
    .looseObject({ SpotStrategy: text, SpotDiscountLimit: number, SpotPriceLimit: number })
    .nullish(),
  ElasticSpotSpecs: z
    .array(
      z.looseObject({
        InstanceType: text,
        SpotStrategy: text,
        SpotDiscountLimit: number,
        SpotPriceLimit: number,
      }),
    )
    .nullish(),
  AssignNodeSpec: z
    .looseObject({
      EnableAssignNode: flag,
      NodeNames: text,
      AntiAffinityNodeNames: text,
      HyperNodes: hyperNodes,
      AntiAffinityHyperNodes: hyperNodes,
    })
    .nullish(),
  RestartPolicy: text,
  ServiceSpec: z
    .looseObject({ ServiceMode: text, DefaultPort: whole, ExtraPorts: z.array(z.int()).nullish() })
    .nullish(),
  LocalMountSpecs: z.array(z.looseObject({ LocalPath: text, MountPath: text, MountMode: text })).nullish(),
  AutoScalingSpec: z
    .looseObject({ ScalingStrategy: text, MinReplicas: whole, MaxReplicas: whole, PodsToDelete: texts })
    .nullish(),
  IsChief: flag,
  SystemDisk: z.looseObject({ Category: text, PerformanceLevel: text, Size: whole }).nullish(),
  StartupDependencies: z.array(z.looseObject({ Type: text, OnPhase: text, MinReplicas: text })).nullish(),
  QuotaId: text,
  ConsiderInSuccessPolicy: flag,
  HyperNodeSchedulingConfig: z.looseObject({ MinAvailable: whole, QualityPolicy: text }).nullish(),
  OversoldType: text,
  Driver: text,
});
