/** One instance type as ListEcsSpecs tells it (dlc-api.md §2.7); Memory is in GiB. */
export type EcsSpec = {
  InstanceType: string;
  AcceleratorType: 'CPU' | 'GPU';
  Cpu: number;
  Gpu: number;
  GpuType: string;
  GpuMemory: number;
  Memory: number;
};

function processor(name: string, Cpu: number, Memory: number): EcsSpec {
  return {
    InstanceType: `ecs.local.${name}`,
    AcceleratorType: 'CPU',
    Cpu,
    Memory,
    Gpu: 0,
    GpuType: '',
    GpuMemory: 0,
  };
}

function accelerator(name: string, Cpu: number, Memory: number, Gpu: number): EcsSpec {
  return { ...processor(name, Cpu, Memory), AcceleratorType: 'GPU', Gpu, GpuType: 'local' };
}

/**
 * The types of the local DLC: shares of one machine, so none bears a name of the cloud's. A type of the cloud's is
 * unknown here and takes little (resources.ts).
 */
export const ecsSpecs: EcsSpec[] = [
  processor('small', 0.5, 0.5),
  processor('medium', 1, 1),
  processor('large', 2, 4),
  processor('xlarge', 4, 8),
  processor('2xlarge', 8, 16),
  processor('4xlarge', 16, 64),
  accelerator('gpu.large', 1, 2, 1),
  accelerator('gpu.2xlarge', 4, 16, 2),
  accelerator('gpu.8xlarge', 16, 64, 8),
];
