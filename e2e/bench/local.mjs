import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { median, ratio, table } from './numbers.mjs';

export const title = 'Local DLC';
/** Its servers are its own: it can be measured, and its part of the results replaced, by itself. */
export const isAlone = true;

const bareDlc = fileURLToPath(new URL('./bare-dlc.mjs', import.meta.url));
const submissions = 200;
const logLines = 1_000_000;
const finishedJobs = 1_000;
const key = { accessKeyId: 'bench', accessKeySecret: 'a secret of the benchmark' };

export async function run({ rounds }) {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'jobwright-bench-local-'));
  const stops = [];
  const start = async (...args) => {
    const server = await startServer(...args);
    stops.push(server.stop);
    return server;
  };
  try {
    const parts = [
      await measureSubmissions(folder, start, rounds),
      await measureTail(folder, start, rounds),
      await measureFootprint(folder, start),
    ];
    return parts.join('\n\n');
  } finally {
    for (const stop of stops) await stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Both get the same signed requests from the same client, in turns. */
async function measureSubmissions(folder, start, rounds) {
  const bare = await start([bareDlc, path.join(folder, 'appended')]);
  // No job begins: what is measured is how they are taken.
  const local = await startLocal(start, path.join(folder, 'submissions'), { phaseMs: { Creating: 1e9 } });
  const client = await newClient();
  const perSecond = async (server, atOnce) => {
    const began = performance.now();
    let left = submissions;
    const work = async () => {
      while (left-- > 0) await client.ask(server, { action: 'CreateJob', method: 'POST', body: newBody() });
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return (submissions * 1_000) / (performance.now() - began);
  };
  const rows = [['Submissions at a time', 'Local DLC, a second', 'Append and fsync, a second', 'Ratio']];
  for (const atOnce of [1, 10]) {
    await perSecond(bare, atOnce);
    await perSecond(local, atOnce);
    const [mine, theirs] = [[], []];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await perSecond(bare, atOnce));
      mine.push(await perSecond(local, atOnce));
    }
    rows.push([
      String(atOnce),
      median(mine).toFixed(0),
      median(theirs).toFixed(0),
      ratio(median(mine), median(theirs)),
    ]);
  }
  const note = `Signed CreateJob requests, ${submissions} a round; the bare \`node:http\` server appends the body to one file, calls fsync and answers. The local DLC checks the signature and the body, seals it, and has a folder of its own on the disk for each job before it answers.`;
  return `${table(rows)}\n\n${note}`;
}

async function measureTail(folder, start, rounds) {
  const dataDir = path.join(folder, 'tail');
  const local = await startLocal(start, dataDir, { phaseMs: { Creating: 0, Queuing: 0, EnvPreparing: 0 } });
  const client = await newClient();
  const command = `seq -f 'step %.0f loss 0.123456789 lr 0.0001' ${logLines}`;
  const { JobId } = await client.ask(local, { action: 'CreateJob', method: 'POST', body: newBody(command) });
  const job = { action: 'GetJob', path: `/api/v1/jobs/${JobId}` };
  while ((await client.ask(local, job)).Status !== 'Succeeded') await pause(100);
  const pod = `${JobId}-master-0`;
  const file = path.join(dataDir, 'jobs', JobId, 'pods', pod, 'log');
  const logs = {
    action: 'GetPodLogs',
    path: `/api/v1/jobs/${JobId}/pods/${pod}/logs`,
    query: { MaxLines: '2000' },
  };
  const bare = await start([bareDlc, file]);
  const times = { tail: [], whole: [] };
  for (let round = -1; round < rounds * 4; round++)
    for (const [name, server] of Object.entries({ tail: local, whole: bare })) {
      const began = performance.now();
      const { Logs } = await client.ask(server, logs);
      const took = performance.now() - began;
      if (Logs.length !== 2_000 || !Logs[1_999].startsWith(`step ${logLines} `))
        throw new Error('not the last lines');
      if (round >= 0) times[name].push(took);
    }
  const [tail, whole] = [median(times.tail), median(times.whole)];
  const rows = [
    ['Last 2,000 of 1,000,000 lines', 'ms', 'Ratio'],
    ['GetPodLogs', tail.toFixed(1), ratio(tail, whole)],
    ['a bare `node:http` server that reads the whole file', whole.toFixed(1), '1.00×'],
  ];
  return `${table(rows)}\n\nThe output has ${(fs.statSync(file).size / 1e6).toFixed(0)} MB; both are asked over HTTP, in turns.`;
}

/** What a year of jobs costs a server that has nothing to do. */
async function measureFootprint(folder, start) {
  const dataDir = path.join(folder, 'finished');
  const options = { phaseMs: { Creating: 1e9 } };
  const client = await newClient();
  const first = await startLocal(start, dataDir, options);
  const empty = residentMb(first.pid);
  for (let made = 0; made < finishedJobs; made++) {
    const { JobId } = await client.ask(first, { action: 'CreateJob', method: 'POST', body: newBody() });
    await client.ask(first, { action: 'StopJob', method: 'POST', path: `/api/v1/jobs/${JobId}/stop` });
  }
  await first.stop();
  const began = performance.now();
  const server = await startLocal(start, dataDir, options);
  const startMs = performance.now() - began;
  const query = { PageSize: '100' };
  const times = [];
  for (let at = 0; at < 50; at++) {
    const asked = performance.now();
    const { TotalCount } = await client.ask(server, { action: 'ListJobs', query });
    if (TotalCount !== finishedJobs) throw new Error(`${TotalCount} jobs are listed.`);
    times.push(performance.now() - asked);
  }
  const before = cpuSeconds(server.pid);
  await pause(10_000);
  const idle = (cpuSeconds(server.pid) - before) * 10;
  const rows = [
    ['With 1,000 finished jobs', 'Figure'],
    ['start, ms', startMs.toFixed(0)],
    ['ListJobs of 100, median, ms', median(times).toFixed(1)],
    ['idle processor time, % of a core', idle.toFixed(1)],
    ['memory (RSS), MB', residentMb(server.pid)],
    ['memory of the same server at its first start, MB', empty],
  ];
  return table(rows);
}

function startLocal(start, dataDir, options) {
  return start(['lib/serve-local-dlc.mjs', JSON.stringify({ dataDir, ...options })]);
}

/** A server that says on its first line where it is, and ends with its standard input. */
async function startServer(args) {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await Promise.race([
    new Promise((resolve) => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => Promise.reject(new Error(`${args[0]} ended.`))),
  ]);
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  return { ...key, ...JSON.parse(line), pid: child.pid, stop };
}

async function newClient() {
  const { loadTs } = await import(new URL('../../lib/load-ts.mjs', import.meta.url));
  const { sign } = await loadTs('lib/server/sign.ts');
  const agent = new http.Agent({ keepAlive: true });
  return {
    ask(server, { action, method = 'GET', path: target = '/api/v1/jobs', query = {}, body = '' }) {
      const { host, port } = new URL(server.endpoint);
      const type = body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };
      const request = { method, path: target, query, headers: type, body, action, host };
      const headers = sign(request, server, new Date(), randomUUID());
      const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
      return new Promise((resolve, reject) => {
        const sent = http.request(
          { host: '127.0.0.1', port, method, path: target + search, headers, agent },
          async (answer) => {
            let text = '';
            for await (const part of answer.setEncoding('utf8')) text += part;
            if (answer.statusCode === 200) resolve(JSON.parse(text));
            else reject(new Error(text));
          },
        );
        sent.on('error', reject);
        sent.end(body);
      });
    },
  };
}

function newBody(UserCommand = 'python train.py --epochs 90') {
  const Envs = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`VARIABLE_${at}`, `value ${at}`]));
  const JobSpecs = [
    { Type: 'Worker', Image: 'registry.example.com/train:1', PodCount: 1, EcsSpec: 'ecs.g6.large' },
  ];
  return JSON.stringify({ DisplayName: 'bench', JobType: 'PyTorchJob', JobSpecs, UserCommand, Envs });
}

function residentMb(pid) {
  return (Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1_024).toFixed(
    0,
  );
}

function cpuSeconds(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
