import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere } from './durable-file';

/** What was made ready for the pods of a job. */
const preparedSchema = z.object({
  mounts: z.array(z.object({ source: z.string(), target: z.string(), readOnly: z.boolean() })),
  /** The virtual environment of its Python packages. */
  venv: z.string().optional(),
});
export type Prepared = z.infer<typeof preparedSchema>;

/** Undefined where the preparation did not come to its end. */
export function readPrepared(jobFolder: string): Prepared | undefined {
  const text = readIfThere(join(jobFolder, 'prepared.json'));
  try {
    return preparedSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
