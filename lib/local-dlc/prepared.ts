import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere, replaceFile } from './durable-file';

/** What was made ready for the pods of a job. */
const preparedSchema = z.object({
  mounts: z.array(z.object({ source: z.string(), target: z.string(), readOnly: z.boolean() })),
  /** The virtual environment of its Python packages. */
  venv: z.string().optional(),
});
export type Prepared = z.infer<typeof preparedSchema>;

const fileOf = (jobFolder: string): string => join(jobFolder, 'prepared.json');

/** Undefined where the preparation did not come to its end. */
export function readPrepared(jobFolder: string): Prepared | undefined {
  const text = readIfThere(fileOf(jobFolder));
  try {
    return preparedSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

export function writePrepared(jobFolder: string, prepared: Prepared): void {
  replaceFile(fileOf(jobFolder), JSON.stringify(prepared));
}
