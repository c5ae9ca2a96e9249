import { type Answer, done, type Read, refuse, refuseParameter } from './answer';
import { isFinished, type JobRecord, type Pod } from './job-record';
import { toJob, withoutDetail } from './job-view';
import type { Cloud, Question } from './operation';
import { type Query, readQuery } from './query';

export function findJob({ store }: Cloud, jobId: string | undefined): Read<JobRecord> {
  const job = store.get(jobId ?? '');
  if (job) return { value: job };
  const path = store.damaged(jobId ?? '');
  return {
    refusal: path
      ? refuse(500, 'InternalError', `The record of job ${jobId} is damaged: ${path} cannot be read.`)
      : refuse(404, 'NotFound', `Job ${jobId} is not found.`),
  };
}

export function findPod(
  cloud: Cloud,
  [jobId, podId]: string[],
  query: Query,
): Read<{ job: JobRecord; pod: Pod }> {
  const found = findJob(cloud, jobId);
  if ('refusal' in found) return found;
  const podUid = query.get('PodUid');
  const pod = found.value.pods.find(
    (each) => each.podId === podId && (podUid === undefined || each.podUid === podUid),
  );
  if (pod) return { value: { job: found.value, pod } };
  return { refusal: refuse(404, 'NotFound', `Pod ${podId} of job ${jobId} is not found.`) };
}

/** NeedDetail=false leaves out the lists (dlc-api.md §2.2). */
export function getJob(cloud: Cloud, question: Question): Answer {
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  const needDetail = query.value.get('NeedDetail') ?? 'true';
  if (needDetail !== 'true' && needDetail !== 'false')
    return refuseParameter('NeedDetail: must be true or false.');
  const found = findJob(cloud, question.ids[0]);
  if ('refusal' in found) return found.refusal;
  const job = found.value;
  const reason = job.status === 'Queuing' ? cloud.machine.waiting().get(job.jobId) : undefined;
  const view = toJob(job, cloud.clock(), reason);
  return done(needDetail === 'true' ? view : withoutDetail(view));
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
