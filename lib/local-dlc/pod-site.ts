import type { Isolation } from './isolation';
import type { Programs } from './programs';

/** Where the pods of a server live. */
export type PodSite = {
  isolation: Isolation;
  programs: Programs;
  /** The GPUs of this machine that pods get, by name. */
  devices: string[];
  /** Folders that no pod sees: the data directory, and what its owner names besides. */
  hidden: string[];
  jobFolder(jobId: string): string;
  podFolder(jobId: string, podId: string): string;
};
