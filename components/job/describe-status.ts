import { type StatusTone, toTone } from '@/lib/dlc/status';
import type { MessageKey } from '@/lib/i18n/messages';
import type { Text } from '@/lib/i18n/text';

const words = new Map<string, MessageKey>([
  ['Creating', 'job.status.Creating'],
  ['Queuing', 'job.status.Queuing'],
  ['Bidding', 'job.status.Bidding'],
  ['EnvPreparing', 'job.status.EnvPreparing'],
  ['SanityChecking', 'job.status.SanityChecking'],
  ['Running', 'job.status.Running'],
  ['Restarting', 'job.status.Restarting'],
  ['Stopping', 'job.status.Stopping'],
  ['SucceededReserving', 'job.status.SucceededReserving'],
  ['FailedReserving', 'job.status.FailedReserving'],
  ['Succeeded', 'job.status.Succeeded'],
  ['Failed', 'job.status.Failed'],
  ['Stopped', 'job.status.Stopped'],
  ['Pending', 'job.status.Pending'],
  ['Unknown', 'job.status.Unknown'],
]);

const meanings = new Map<string, MessageKey>([
  ['Creating', 'job.meaning.Creating'],
  ['Queuing', 'job.meaning.Queuing'],
  ['Bidding', 'job.meaning.Bidding'],
  ['EnvPreparing', 'job.meaning.EnvPreparing'],
  ['SanityChecking', 'job.meaning.SanityChecking'],
  ['Restarting', 'job.meaning.Restarting'],
  ['Stopping', 'job.meaning.Stopping'],
  ['SucceededReserving', 'job.meaning.SucceededReserving'],
  ['FailedReserving', 'job.meaning.FailedReserving'],
]);

/** The word for a job's or a pod's status; one that Jobwright does not know is shown as it came. */
export function describeStatus({ t }: Pick<Text, 't'>, status: string): string {
  const key = words.get(status);
  return key ? t(key) : status || t('job.status.none');
}

/** What a status that is not an end means for whoever waits, or undefined where the word says it all. */
export function describeMeaning({ t }: Pick<Text, 't'>, status: string): string | undefined {
  const key = meanings.get(status);
  return key && t(key);
}

/** Pods know one word that jobs do not. */
export function toStatusTone(status: string): StatusTone {
  return status === 'Pending' ? 'waiting' : toTone(status);
}
