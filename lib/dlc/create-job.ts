import * as z from 'zod';

z.config({ jitless: true });

/**
 * The body of CreateJob, by the API's names (CreateJob page of pai-dlc 2020-12-03). Leaves only: what concerns
 * several fields is in rules.ts. Messages are keys of lib/i18n; unknown keys pass at every depth.
 */
const present = z.string().regex(/\S/, 'required');
const text = z.string();
const textMap = z.record(z.string(), z.string());

const amount = z.string().regex(/^(\d+(\.\d+)?m?)?$/, 'amount');
const quantity = z.string().regex(/^(\d+(\.\d+)?(m|k|[MGTPE]|[KMGTPE]i)?)?$/, 'quantity');
const absolutePath = z.string().regex(/^(\/.*)?$/s, 'path.absolute');

const container = z.looseObject({
  Name: text.meta({ examples: ['log-shipper'] }).optional(),
  Image: text.meta({ examples: ['registry.cn-hangzhou.aliyuncs.com/team/agent:1.4'] }).optional(),
  Command: z.array(text).optional(),
  Args: z.array(text).optional(),
  WorkingDir: absolutePath.meta({ examples: ['/root'] }).optional(),
  Env: z.array(z.looseObject({ Name: present, Value: text.optional() })).optional(),
  Resources: z.looseObject({ Limits: textMap.optional(), Requests: textMap.optional() }).optional(),
});

const jobSpec = z.looseObject({
  Type: present.meta({ examples: ['Worker'] }),
  Image: present.meta({
    examples: [
      'registry.cn-hangzhou.aliyuncs.com/pai-dlc/tensorflow-training:1.12PAI-gpu-py36-cu101-ubuntu18.04',
    ],
  }),
  PodCount: z
    .int()
    .min(1)
    .meta({ examples: [3] }),
  EcsSpec: text.meta({ examples: ['ecs.gn6e-c12g1.3xlarge'] }).optional(),
  ResourceConfig: z
    .looseObject({
      CPU: amount.meta({ examples: ['10'] }).optional(),
      GPU: amount.meta({ examples: ['3'] }).optional(),
      Memory: quantity.meta({ examples: ['10Gi'] }).optional(),
      SharedMemory: quantity.meta({ examples: ['5Gi'] }).optional(),
      GPUType: text.meta({ examples: ['Tesla-V100-16G'] }).optional(),
    })
    .optional(),
  UseSpotInstance: z.boolean().meta({ default: false }).optional(),
  ExtraPodSpec: z
    .looseObject({
      SideCarContainers: z.array(container).optional(),
      InitContainers: z.array(container).optional(),
      SharedVolumeMountPaths: z
        .array(absolutePath)
        .meta({ examples: [['/shared']] })
        .optional(),
    })
    .optional(),
});

const dataSource = z.looseObject({
  DataSourceId: text.meta({ examples: ['d-cn9dl*******'] }).optional(),
  MountPath: absolutePath.meta({ examples: ['/root/data'] }).optional(),
});

const codeSource = z.looseObject({
  CodeSourceId: text.meta({ examples: ['code-20210111103721-xxxxxxx'] }).optional(),
  Branch: text.meta({ examples: ['master'] }).optional(),
  Commit: text.meta({ examples: ['44da109b5'] }).optional(),
  MountPath: absolutePath.meta({ examples: ['/root/code'] }).optional(),
});

const userVpc = z.looseObject({
  VpcId: text.meta({ examples: ['vpc-abcdef****'] }).optional(),
  SwitchId: text.meta({ examples: ['vs-abcdef****'] }).optional(),
  SecurityGroupId: text.meta({ examples: ['sg-abcdef****'] }).optional(),
  ExtendedCIDRs: z
    .array(text)
    .meta({ examples: [['192.168.0.1/24']] })
    .optional(),
});

const settings = z.looseObject({
  BusinessUserId: text.meta({ examples: ['16****'] }).optional(),
  Caller: text.meta({ examples: ['SilkFlow'] }).optional(),
  PipelineId: text.meta({ examples: ['pid-12****'] }).optional(),
  EnableTideResource: z.boolean().meta({ default: false }).optional(),
  EnableErrorMonitoringInAIMaster: z.boolean().meta({ default: false }).optional(),
  ErrorMonitoringArgs: text.meta({ examples: ['--enable-log-hang-detection true'] }).optional(),
  Tags: textMap.optional(),
});

export const createJob = z.looseObject({
  DisplayName: z
    .string()
    .min(1, 'required')
    .max(256)
    .regex(/^[0-9A-Za-z_.-]*$/, 'name.charset')
    .meta({ examples: ['tf-mnist-test'] }),
  JobType: present.meta({ examples: ['TFJob'] }),
  JobSpecs: z.array(jobSpec).min(1, 'roles.none'),
  UserCommand: present.meta({ examples: ['python /root/code/mnist.py'] }),
  DataSources: z.array(dataSource).optional(),
  CodeSource: codeSource.optional(),
  UserVpc: userVpc.optional(),
  ThirdpartyLibs: z
    .array(text)
    .meta({ examples: [['numpy==1.16.1']] })
    .optional(),
  ThirdpartyLibDir: text.meta({ examples: ['/root/code/'] }).optional(),
  Envs: textMap.optional(),
  JobMaxRunningTimeMinutes: z
    .int()
    .min(1)
    .meta({ examples: [1024] })
    .optional(),
  WorkspaceId: text.meta({ examples: ['268'] }).optional(),
  ResourceId: text.meta({ examples: ['quotajradxh43rgb'] }).optional(),
  Priority: z
    .int()
    .min(1)
    .max(9)
    .meta({ examples: [8], default: 1 })
    .optional(),
  Settings: settings.optional(),
  Options: text
    .meta({ examples: ['fs.oss.download.thread.concurrency=4,fs.oss.download.queue.size=16'] })
    .optional(),
});
