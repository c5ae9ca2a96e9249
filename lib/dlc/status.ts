/** Job statuses of the API that end a job; every other one, known or not, is taken as going on. */
const terminal = new Set(['Succeeded', 'Failed', 'Stopped']);
const waiting = new Set(['Creating', 'Queuing', 'Bidding', 'EnvPreparing', 'SanityChecking']);

export function isTerminal(status: string): boolean {
  return terminal.has(status);
}

export function isWaiting(status: string): boolean {
  return waiting.has(status);
}

/** StopJob on a finished job is refused by the API, and a stop that was asked for need not be asked for again. */
export function canStop(status: string): boolean {
  return !isTerminal(status) && status !== 'Stopping';
}

/** DeleteJob takes finished jobs only. */
export function canDelete(status: string): boolean {
  return isTerminal(status);
}

/** The shape and colour a status is shown with; the word is the API's own. */
export type StatusTone = 'waiting' | 'running' | 'succeeded' | 'failed' | 'stopped' | 'unknown';

export function toTone(status: string): StatusTone {
  switch (status) {
    case 'Running':
    case 'Restarting':
      return 'running';
    case 'Succeeded':
    case 'SucceededReserving':
      return 'succeeded';
    case 'Failed':
    case 'FailedReserving':
      return 'failed';
    case 'Stopped':
    case 'Stopping':
      return 'stopped';
    default:
      return waiting.has(status) ? 'waiting' : 'unknown';
  }
}
