import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, done } from './answer';
import { hasCode } from './durable-file';
import { findPod } from './jobs';
import { windowOf } from './log-times';
import type { Cloud, Question } from './operation';
import { readInteger, readQuery, readSeconds } from './query';
import { readTail } from './tail-lines';

/** Clients refuse an answer above 8 MiB. */
const maxAnswerBytes = 6_000_000;

/** dlc-api.md §2.5. StartTime and EndTime choose by when the output grew, to the second; of what they choose, the last MaxLines lines are given. */
export async function getPodLogs(cloud: Cloud, question: Question): Promise<Answer> {
  const query = readQuery(question.query);
  if ('refusal' in query) return query.refusal;
  const found = findPod(cloud, question.ids, query.value);
  if ('refusal' in found) return found.refusal;
  const { job, pod } = found.value;
  const maxLines = readInteger(query.value, 'MaxLines', { fallback: 2_000, min: 1, max: 999_999_999 });
  if ('refusal' in maxLines) return maxLines.refusal;
  const from = readSeconds(query.value, 'StartTime');
  if ('refusal' in from) return from.refusal;
  const to = readSeconds(query.value, 'EndTime');
  if ('refusal' in to) return to.refusal;

  const path = join(cloud.store.podFolder(job.jobId, pod.podId), 'log');
  const lastWrite = await modifiedAt(path);
  const isOver = from.value !== undefined && lastWrite !== undefined && lastWrite / 1000 < from.value;
  const isAhead =
    to.value !== undefined && pod.startedAt !== undefined && pod.startedAt / 1000 > to.value + 1;
  const window = await windowOf(`${path}.times`, from.value, to.value);
  const lines = isOver || isAhead ? [] : await readTail(path, { maxLines: maxLines.value, ...window });
  return done({ JobId: job.jobId, PodId: pod.podId, PodUid: pod.podUid, Logs: capAnswer(lines) });
}

/** The last lines that fit: as JSON, bytes that are no UTF-8 grow threefold and control characters sixfold. */
function capAnswer(lines: string[]): string[] {
  let bytes = 0;
  let from = lines.length;
  for (; from > 0; from--) {
    bytes += Buffer.byteLength(JSON.stringify(lines[from - 1])) + 1;
    if (bytes > maxAnswerBytes) break;
  }
  if (from === 0) return lines;
  const count = from === 1 ? '1 earlier line is' : `${from} earlier lines are`;
  return [`[${count} left out: an answer holds at most ${maxAnswerBytes} bytes.]`, ...lines.slice(from)];
}

async function modifiedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
