import { type Answer, done, type Read, refuse } from './answer';
import { isFinished, type JobRecord } from './job-record';
import { toJob } from './job-view';
import type { Cloud, Question } from './operation';

export function findJob({ store }: Cloud, jobId: string | undefined): Read<JobRecord> {
  const job = store.get(jobId ?? '');
  return job ? { value: job } : { refusal: refuse(404, 'NotFound', `Job ${jobId} is not found.`) };
}

export function getJob(cloud: Cloud, question: Question): Answer {
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const job = found.value;
  const reason = job.status === 'Queuing' ? cloud.machine.waiting().get(job.jobId) : undefined;
  return done(toJob(job, cloud.clock(), reason));
}

export function stopJob(cloud: Cloud, question: Question): Answer {
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const job = found.value;
  if (isFinished(job))
    return refuse(400, 'BadRequest', `Job ${job.jobId} cannot be stopped: it is ${job.status} already.`);
  if (job.status !== 'Stopping')
    cloud.machine.stop(job, { code: 'JobStoppedByUser', message: 'Job is stopped by user.' });
  return done({ JobId: job.jobId });
}

export function deleteJob(cloud: Cloud, question: Question): Answer {
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const job = found.value;
  if (!isFinished(job))
    return refuse(
      400,
      'BadRequest',
      `Job ${job.jobId} cannot be deleted while it is ${job.status}; stop it first.`,
    );
  cloud.store.remove(job.jobId);
  return done({ JobId: job.jobId });
}
