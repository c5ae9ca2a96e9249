'use client';

import { useForm } from 'react-hook-form';
import * as z from 'zod';

z.config({ jitless: true });

const schema = z.object({
  DisplayName: z.string().min(1).max(256),
  JobType: z.enum(['TFJob', 'PyTorchJob']),
  Priority: z.coerce.number().int().min(1).max(9),
  UserCommand: z.string().min(1),
});

type Job = z.input<typeof schema>;

export function BareForm() {
  const { register, handleSubmit, formState } = useForm<Job>({
    defaultValues: { DisplayName: '', JobType: 'PyTorchJob', UserCommand: '' },
    resolver: (values) => {
      const parsed = schema.safeParse(values);
      if (parsed.success) return { values: parsed.data, errors: {} };
      const errors = parsed.error.issues.map(({ path, code, message }) => [path[0], { type: code, message }]);
      return { values: {}, errors: Object.fromEntries(errors) };
    },
  });
  const { errors } = formState;
  return (
    <form onSubmit={handleSubmit(() => {})}>
      <label>
        Name <input {...register('DisplayName')} />
      </label>
      <p>{errors.DisplayName?.message ?? 'Up to 256 characters; jobs may share a name.'}</p>
      <label>
        Type
        <select {...register('JobType')}>
          <option>TFJob</option>
          <option>PyTorchJob</option>
        </select>
      </label>
      <label>
        Priority <input {...register('Priority')} />
      </label>
      <p>{errors.Priority?.message}</p>
      <label>
        Command <textarea {...register('UserCommand')} />
      </label>
      <p>{errors.UserCommand?.message}</p>
      <button type="submit">Submit job</button>
    </form>
  );
}
