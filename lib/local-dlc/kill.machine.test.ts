import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import * as client from './test-client';
import { type ServerProcess, startServerProcess } from './test-server';

/** KILL_ROUNDS=200 runs the long variant. */
const rounds = Number(process.env.KILL_ROUNDS ?? 5);
const perRound = 12;

type Listed = { JobId: string; Status: string; ReasonMessage: string; Pods: { PodId: string }[] };

async function listAll(server: ServerProcess): Promise<Listed[]> {
  const jobs: Listed[] = [];
  for (let page = 1; ; page++) {
    const { body } = await client.list(server, { PageSize: '100', PageNumber: String(page) });
    const found = body.Jobs as Listed[];
    jobs.push(...found);
    if (found.length < 100) return jobs;
  }
}

it(
  `kill -9 at any moment, ${rounds} times under load, loses no job and runs no pod twice`,
  async () => {
    const runs = join(client.newDataDir(), 'runs');
    const options = {
      dataDir: client.newDataDir(),
      phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 },
      capacity: { cpu: 64, memoryGiB: 64 },
      // The pods write into a folder of the test's.
      isolation: 'none',
    };
    const acknowledged: string[] = [];
    let onAcknowledged: () => unknown = () => undefined;
    let server = await startServerProcess(options);

    /** Ends with the first request that the kill cuts off: whether that job was made is not known. */
    async function submit(count: number): Promise<void> {
      try {
        for (let at = 0; at < count; at++) {
          acknowledged.push(
            await client.createId(server, {
              JobSpecs: [{ Type: 'Worker', PodCount: 1 + (at % 2) }],
              UserCommand: `echo "$DLC_POD_ID" >> '${runs}'; sleep 0.${at % 7}`,
            }),
          );
          onAcknowledged();
        }
      } catch (error) {
        expect(String(error)).toMatch(/ECONN|socket hang up|EPIPE/);
      }
    }

    for (let round = 0; round < rounds; round++) {
      const wanted = acknowledged.length + 1 + Math.floor(Math.random() * perRound);
      const enough = new Promise<void>((resolve) => {
        onAcknowledged = () => acknowledged.length >= wanted && resolve();
      });
      const load = Promise.all([submit(perRound / 2), submit(perRound / 2)]);
      await Promise.race([enough, load]);
      await pause(Math.random() * 300);
      await server.kill();
      await load;
      server = await startServerProcess(options);
    }

    const isOver = ({ Status }: Listed): boolean => ['Succeeded', 'Failed', 'Stopped'].includes(Status);
    await expect
      .poll(async () => (await listAll(server)).filter((job) => !isOver(job)), {
        timeout: 60_000,
        interval: 250,
      })
      .toEqual([]);
    const jobs = await listAll(server);
    await server.kill();

    const known = new Set(jobs.map(({ JobId }) => JobId));
    expect(
      acknowledged.filter((jobId) => !known.has(jobId)),
      'acknowledged jobs lost',
    ).toEqual([]);
    const began = readFileSync(runs, 'utf8').trim().split('\n');
    expect(began.length - new Set(began).size, 'pods run twice').toBe(0);
    expect(
      jobs.filter(({ Status }) => Status !== 'Succeeded'),
      'jobs the kill harmed',
    ).toEqual([]);
    const pods = jobs.flatMap(({ Pods }) => Pods.map(({ PodId }) => PodId));
    expect(new Set(began), 'pods that ran').toEqual(new Set(pods));
    expect(acknowledged.length).toBeGreaterThanOrEqual(rounds);
  },
  30_000 + rounds * 10_000,
);
