import 'server-only';
import { type Conclusion, conclude } from './conclude';
import type { Connection, Dlc } from './dlc';
import { type Listing, listWindow, type Window } from './listing';
import { toPlaceName } from './place';
import {
  claimLooks,
  type DueRow,
  endLooks,
  findAccepted,
  findStale,
  findToResend,
  type Here,
  hasSighting,
  keepSighting,
  noteLook,
} from './store/lookups';
import type { Store, SubmissionState } from './store/schema';
import { type Move, moveSubmissions } from './store/submissions';
import type { LastLook } from './submission';
import type { Timing } from './timing';

/** What was found out of a submission whose answer never came; `second-job`: that it has one more than it should. */
export type Finding = 'found' | 'not-created' | 'needs-attention' | 'second-job';

export type RecoveryOptions = {
  store: Store;
  dlc: Pick<Dlc, 'countJobs'>;
  connection: Connection;
  timing: Timing;
  clock: () => Date;
  log: (message: string, detail: Record<string, unknown>) => void;
  found: (finding: Finding) => void;
  /** Sends a submission again that is proven to have made no job. */
  resend: (row: { id: string; attempt: number; who: string }) => Promise<void>;
};

export type Recovery = {
  /** Looks for whatever is due; gives how many listings that took. One at a time: a second call joins the first. */
  look(): Promise<number>;
};

// What was learned with a listing of one minute ago is not asked for again.
const calibrateEveryMs = 60_000;
const calibrations = 3;

/** Finds out what became of submissions whose answer never came (exactly-once.md, points 6 and 7). */
export function newRecovery(options: RecoveryOptions): Recovery {
  const { store, dlc, connection, timing, clock, log, found, resend } = options;
  const { absenceAfterMs, keepLookingMs } = timing;
  const here: Here = {
    endpoint: connection.endpoint,
    region: connection.region,
    identity: connection.credentials.accessKeyId,
    isLocal: connection.kind === 'local',
  };
  const calibratedAt = new Map<string, number>();
  const watchedSince = new Map<string, number>();
  let looking: Promise<number> | undefined;

  async function look(): Promise<number> {
    const now = clock();
    await expire(now);
    const rows = await claimLooks(store, here, now, toGap);
    let listings = 0;
    for (const { rows: group, window } of toGroups(rows, absenceAfterMs)) {
      const listing = await listWindow(dlc, window, clock);
      listings += 1;
      listings += await settle(group, window, listing);
    }
    const resendFrom = new Date(now.getTime() - keepLookingMs).toISOString();
    for (const row of await findToResend(store, here, resendFrom)) await resend(row);
    return listings;
  }

  function toGap({ isOpen, looks }: { isOpen: boolean; looks: number }): number {
    return isOpen ? Math.min(timing.firstLookMs * 2 ** (looks + 1), timing.maxLookMs) : timing.watchEveryMs;
  }

  /** After a day the search ends; what is unknown by then is for a person to decide. */
  async function expire(now: Date): Promise<void> {
    const before = new Date(now.getTime() - keepLookingMs).toISOString();
    const updated_at = now.toISOString();
    const stale = await findStale(store, before);
    const toMove = ({ id, attempt }: { id: string; attempt: number }): Move => ({
      fence: { id, states: ['unconfirmed'], attempt },
      change: { state: 'needs-attention', look_at: null, updated_at },
      detail: { why: 'search-ended' },
    });
    for (const _ of await moveSubmissions(store, stale.map(toMove))) found('needs-attention');
    await endLooks(store, before);
  }

  async function settle(rows: DueRow[], window: Window, listing: Listing): Promise<number> {
    const now = clock();
    const calibration = await isTrusted(rows, window, listing);
    const conclusions = rows.map((row) =>
      conclude(row, listing, {
        isTrusted: calibration.isTrusted,
        isPast: isPast(row, listing),
        isOwnIdentity: row.identity === here.identity,
      }),
    );
    const look: LastLook = {
      at: listing.beganAt.toISOString(),
      jobs: listing.jobs.length,
      isComplete: listing.isComplete,
      ...(listing.problem ? { problem: listing.problem } : {}),
    };
    await noteLook(
      store,
      rows.map(({ id }) => id),
      JSON.stringify(look),
    );
    const moves = rows.flatMap((row, index) => toMoves(row, conclusions[index], now));
    const moved = await moveSubmissions(store, moves);
    for (const { fence, change, detail } of moved) {
      watchedSince.delete(toWatchKey(fence));
      if (detail.otherJobs) {
        log('A submission has more than one job.', { submission: fence.id, ...detail });
        found('second-job');
      }
      if (fence.states[0] !== change.state) found(toFinding(change.state));
    }
    return calibration.listings;
  }

  function toMoves(row: DueRow, conclusion: Conclusion | undefined, now: Date): Move[] {
    if (!conclusion) return [];
    const { state, jobId, otherJobs, why } = conclusion;
    const watchAt = new Date(now.getTime() + timing.watchEveryMs).toISOString();
    return [
      {
        fence: { id: row.id, states: [row.state], attempt: row.attempt, otherJobs: row.other_jobs },
        change: {
          state,
          updated_at: now.toISOString(),
          ...(jobId === undefined ? {} : { job_id: jobId }),
          ...(otherJobs.length === 0 ? {} : { other_jobs: JSON.stringify(otherJobs) }),
          ...(state === 'accepted' ? { problem: null } : {}),
          ...(state === 'not-created' ? { doubted: 1 } : {}),
          look_at: state === 'accepted' && row.doubted === 0 ? null : watchAt,
        },
        detail: {
          why,
          ...(jobId === undefined ? {} : { jobId }),
          ...(otherJobs.length === 0 ? {} : { otherJobs }),
        },
      },
    ];
  }

  /** Whether the listing began when a job of the row must have been made and listed, by every clock there is. */
  function isPast(row: DueRow, { beganAt, beganAtDlc }: Listing): boolean {
    const until = Date.parse(row.signed_at ?? '') + absenceAfterMs;
    if (!(beganAt.getTime() >= until)) return false;
    if (beganAtDlc) return beganAtDlc.getTime() >= until;
    // Without the DLC's clock, ours might be another than the one that signed: then only time that we saw pass counts.
    const key = toWatchKey(row);
    const since = watchedSince.get(key) ?? performance.now();
    watchedSince.set(key, since);
    return performance.now() - since >= absenceAfterMs;
  }

  /** Whether marks are known to show in listings such as this one; otherwise absence proves nothing. */
  async function isTrusted(rows: DueRow[], window: Window, listing: Listing) {
    const open = rows.filter(({ state }) => state === 'unconfirmed' || state === 'needs-attention');
    const marks = new Set(listing.jobs.flatMap(({ mark }) => mark ?? []));
    const missing = open.filter((row) => !marks.has(row.id) && isPast(row, listing));
    if (missing.length === 0 || !listing.isComplete) return { isTrusted: false, listings: 0 };
    const { workspaceId } = window;
    const key = { place: toPlaceName(connection), identity: here.identity, workspace_id: workspaceId };
    const [, to] = toSpan(missing);
    const from = window.from.toISOString();
    const expected = await findAccepted(store, here, { workspaceId, from, to, limit: 1_000 });
    const seen = expected.find(({ id }) => marks.has(id)) ?? open.find(({ id }) => marks.has(id));
    if (seen) {
      await keepSighting(store, { ...key, submission_id: seen.id, seen_at: clock().toISOString() });
      return { isTrusted: true, listings: 0 };
    }
    // Jobs that must be here are not: whatever is wrong with this listing, it proves nothing.
    if (expected.length > 0) return { isTrusted: false, listings: 0 };
    if (await hasSighting(store, key)) return { isTrusted: true, listings: 0 };
    return calibrate(key, workspaceId);
  }

  /** Searches listings for the mark of a job that is known to exist. */
  async function calibrate(
    key: { place: string; identity: string; workspace_id: string },
    workspaceId: string,
  ): Promise<{ isTrusted: boolean; listings: number }> {
    const last = calibratedAt.get(workspaceId) ?? Number.NEGATIVE_INFINITY;
    if (performance.now() - last < Math.min(calibrateEveryMs, absenceAfterMs))
      return { isTrusted: false, listings: 0 };
    calibratedAt.set(workspaceId, performance.now());
    let listings = 0;
    for (const { id, signed_at } of await findAccepted(store, here, { workspaceId, limit: calibrations })) {
      const window = toWindow([signed_at ?? '', signed_at ?? ''], workspaceId, absenceAfterMs);
      const { jobs } = await listWindow(dlc, window, clock);
      listings += 1;
      if (!jobs.some(({ mark }) => mark === id)) continue;
      await keepSighting(store, { ...key, submission_id: id, seen_at: clock().toISOString() });
      return { isTrusted: true, listings };
    }
    return { isTrusted: false, listings };
  }

  return {
    look() {
      looking ??= look().finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}

function toFinding(state: SubmissionState): Finding {
  return state === 'not-created' || state === 'needs-attention' ? state : 'found';
}

function toWatchKey({ id, attempt }: { id: string; attempt: number }): string {
  return `${id} ${attempt}`;
}

/** From the first to the last time at which one of these was signed. */
function toSpan(rows: Pick<DueRow, 'first_signed_at' | 'signed_at'>[]): [string, string] {
  const times = rows.flatMap(({ first_signed_at, signed_at }) =>
    [first_signed_at ?? [], signed_at ?? []].flat(),
  );
  times.sort();
  return [times[0] ?? '', times.at(-1) ?? ''];
}

/** A job is dated by the DLC's clock, and made no later than its signature lives. */
function toWindow([from, to]: [string, string], workspaceId: string, marginMs: number): Window {
  return {
    from: new Date(Date.parse(from) - marginMs),
    to: new Date(Date.parse(to) + 2 * marginMs),
    workspaceId,
  };
}

/** The time in which the job of a submission would have been made. */
export function toSubmissionWindow(
  row: Pick<DueRow, 'first_signed_at' | 'signed_at' | 'workspace_id'>,
  marginMs: number,
): Window {
  return toWindow(toSpan([row]), row.workspace_id, marginMs);
}

/** Rows of one workspace whose windows overlap share one listing. */
export function toGroups(rows: DueRow[], marginMs: number): { rows: DueRow[]; window: Window }[] {
  const groups: { rows: DueRow[]; window: Window }[] = [];
  const timed = rows
    .filter(({ signed_at }) => signed_at !== null)
    .map((row) => ({ row, window: toSubmissionWindow(row, marginMs) }))
    .sort((a, b) => a.window.from.getTime() - b.window.from.getTime());
  const latest = new Map<string, { rows: DueRow[]; window: Window }>();
  for (const { row, window } of timed) {
    const group = latest.get(row.workspace_id);
    if (group && window.from <= group.window.to) {
      group.rows.push(row);
      if (window.to > group.window.to) group.window.to = window.to;
      continue;
    }
    const fresh = { rows: [row], window };
    groups.push(fresh);
    latest.set(row.workspace_id, fresh);
  }
  return groups;
}
