import 'server-only';
import * as z from 'zod';
import type { CodeEntry, DataEntry, ImageEntry, QuotaEntry, WorkspaceEntry } from '@/lib/query/local-entries';

const optionsSchema = z.object({ mountPath: z.string() });

export const dataAnswer = z
  .object({
    DatasetId: z.string(),
    Name: z.string(),
    Uri: z.string(),
    Options: z.string(),
    MountAccess: z.string(),
  })
  .transform(
    (dataset): DataEntry => ({
      id: dataset.DatasetId,
      name: dataset.Name,
      folder: decodeURIComponent(dataset.Uri.replace(/^file:\/\//, '')),
      mountPath: optionsSchema.safeParse(JSON.parse(dataset.Options)).data?.mountPath ?? '',
      readOnly: dataset.MountAccess === 'RO',
    }),
  );

export const codeAnswer = z
  .object({
    CodeSourceId: z.string(),
    DisplayName: z.string(),
    CodeRepo: z.string(),
    CodeBranch: z.string(),
    CodeCommit: z.string(),
    MountPath: z.string(),
  })
  .transform(
    (source): CodeEntry => ({
      id: source.CodeSourceId,
      name: source.DisplayName,
      repository: source.CodeRepo,
      branch: source.CodeBranch,
      commit: source.CodeCommit,
      mountPath: source.MountPath,
    }),
  );

export const imageAnswer = z
  .object({ ImageId: z.string(), Name: z.string(), ImageUri: z.string(), Description: z.string() })
  .transform(
    (image): ImageEntry => ({
      id: image.ImageId,
      name: image.Name,
      address: image.ImageUri,
      description: image.Description,
    }),
  );

export const workspaceAnswer = z
  .object({
    WorkspaceId: z.string(),
    WorkspaceName: z.string(),
    Description: z.string(),
    IsDefault: z.boolean(),
  })
  .transform(
    (workspace): WorkspaceEntry => ({
      id: workspace.WorkspaceId,
      name: workspace.WorkspaceName,
      description: workspace.Description,
      isDefault: workspace.IsDefault,
    }),
  );

export const quotaAnswer = z
  .object({ Id: z.string(), Name: z.string() })
  .transform((quota): QuotaEntry => ({ id: quota.Id, name: quota.Name }));
