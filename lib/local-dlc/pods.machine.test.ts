import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { startQuick } from './test-start';

const wait = { timeout: 15_000, interval: 50 };

/** Each pod listens at its own address, calls every other one, and ends when it has heard from all of them. */
const meshProgram = `
const net = require('node:net');
const { cluster, task } = JSON.parse(process.env.TF_CONFIG);
const all = Object.entries(cluster).flatMap(([role, hosts]) => hosts.map((host, i) => [role + '-' + i, host]));
const me = task.type + '-' + task.index;
const heard = new Set([me]);
const [host, port] = Object.fromEntries(all)[me].split(':');
const server = net.createServer((socket) => socket.once('data', (name) => {
  heard.add(String(name));
  socket.end('ok');
}));
server.listen(port, host);
const call = (name, address) => new Promise((resolve) => {
  const [host, port] = address.split(':');
  const attempt = () => {
    const socket = net.connect(port, host, () => socket.write(me));
    socket.on('data', () => resolve());
    socket.on('error', () => setTimeout(attempt, 50));
  };
  attempt();
});
Promise.all(all.filter(([name]) => name !== me).map(([name, address]) => call(name, address))).then(() => {
  const timer = setInterval(() => {
    if (heard.size < all.length) return;
    clearInterval(timer);
    server.close();
    console.log('heard ' + [...heard].sort().join(' '));
  }, 20);
});
`;

/** The master counts who calls it at MASTER_ADDR; the others say their rank there. */
const masterProgram = `
const net = require('node:net');
const { MASTER_ADDR, MASTER_PORT, RANK, WORLD_SIZE, NPROC_PER_NODE } = process.env;
if (RANK === '0') {
  const ranks = ['0'];
  const server = net.createServer((socket) => socket.once('data', (rank) => {
    ranks.push(String(rank));
    socket.end();
    if (ranks.length < Number(WORLD_SIZE)) return;
    console.log('ranks ' + ranks.sort().join(' ') + ' of ' + WORLD_SIZE + ' with ' + NPROC_PER_NODE);
    server.close();
  })).listen(MASTER_PORT);
} else {
  const attempt = () => {
    const socket = net.connect(MASTER_PORT, MASTER_ADDR, () => socket.write(RANK));
    socket.on('error', () => setTimeout(attempt, 50));
  };
  attempt();
}
`;

/** A pod with a view of its own has another /tmp: the program travels in its command. */
function run(program: string): string {
  return `"${process.execPath}" - <<'PROGRAM'\n${program}\nPROGRAM`;
}

describe.each(isolations)('pods, isolation %s,', (kind) => {
  const option = { ...optionOf(kind), capacity: { gpu: 8 } };

  it('of a TFJob find each other by TF_CONFIG; the evaluator is not in it', async () => {
    const dlc = await startQuick(option);
    const jobId = await client.createId(dlc, {
      JobType: 'TFJob',
      SuccessPolicy: 'Partial',
      JobSpecs: [
        { Type: 'PS', PodCount: 1 },
        { Type: 'Worker', PodCount: 2 },
        { Type: 'Chief', PodCount: 1 },
        { Type: 'Evaluator', PodCount: 1 },
      ].map((spec) => ({ ...spec, ConsiderInSuccessPolicy: true })),
      UserCommand: `[ "$PAI_TASK_ROLE" = evaluator ] && { echo "$TF_CONFIG"; exit 0; }\n${run(meshProgram)}`,
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    for (const pod of ['chief-0', 'ps-0', 'worker-0', 'worker-1'])
      expect(await client.logsOf(dlc, jobId, pod)).toEqual(['heard chief-0 ps-0 worker-0 worker-1']);
    const [seen] = (await client.logsOf(dlc, jobId, 'evaluator-0')) as string[];
    const { cluster, task } = JSON.parse(seen ?? '');
    expect(Object.keys(cluster).sort()).toEqual(['chief', 'ps', 'worker']);
    expect(task).toEqual({ type: 'evaluator', index: 0 });
    const host = kind === 'none' ? '127.0.0.1' : `${jobId}-worker-1`;
    expect(cluster.worker[1]).toMatch(new RegExp(`^${host}:\\d+$`));
  });

  it('of a PyTorchJob meet at the first Worker, which is the master', async () => {
    const dlc = await startQuick(option);
    const jobId = await client.createId(dlc, {
      JobSpecs: [{ Type: 'Worker', PodCount: 3, ResourceConfig: { GPU: '2' } }],
      UserCommand: run(masterProgram),
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    expect(await client.logsOf(dlc, jobId, 'master-0')).toEqual(['ranks 0 1 2 of 3 with 2']);
  });

  it('of an MPIJob have a host file and an agent that reaches each host in it', async () => {
    const dlc = await startQuick(option);
    const jobId = await client.createId(dlc, {
      JobType: 'MPIJob',
      JobSpecs: [
        { Type: 'Master', PodCount: 1 },
        { Type: 'Worker', PodCount: 2, ResourceConfig: { GPU: '4' } },
      ],
      UserCommand: `cat "$OMPI_MCA_orte_default_hostfile"; "$OMPI_MCA_plm_rsh_agent" some-host echo "a  b" '&&' echo c`,
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    const hosts =
      kind === 'none' ? ['127.0.0.1 slots=8'] : [0, 1].map((index) => `${jobId}-worker-${index} slots=4`);
    expect(await client.logsOf(dlc, jobId, 'master-0')).toEqual([...hosts, 'a b', 'c']);
  });

  it('have a python wherever this machine has a python3 alone', async () => {
    const dlc = await startQuick(option);
    const folder = client.newDataDir('/var/tmp');
    writeFileSync(join(folder, 'python3'), '#!/bin/sh\necho "python3 $*"\n', { mode: 0o755 });
    const jobId = await client.createId(dlc, {
      Envs: { PATH: folder },
      UserCommand: 'python -c "print()"; echo "$PATH"',
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    const [said, path] = (await client.logsOf(dlc, jobId)) as string[];
    expect(said).toBe('python3 -c print()');
    expect(path?.startsWith(`${folder}:`)).toBe(true);
  });
});

describe.runIf(isolations.includes('bubblewrap'))('the view of a pod with bubblewrap', () => {
  it('holds none of the data directory but its own folder, nor what is hidden besides', async () => {
    const parent = client.newDataDir('/var/tmp');
    const dataDir = join(parent, 'dlc');
    writeFileSync(join(parent, 'ledger'), 'kept');
    const dlc = await startQuick({ dataDir, hiddenDirs: [parent] });
    await client.createId(dlc, { UserCommand: 'echo another job' });
    const jobId = await client.createId(dlc, {
      UserCommand: `cd ${parent}; ls; ls dlc dlc/jobs; cat dlc/access-key.json dlc/secret.key ledger 2>&1 | grep -c 'No such file'`,
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    expect(await client.logsOf(dlc, jobId)).toEqual([
      'dlc',
      'dlc:',
      'jobs',
      'programs',
      '',
      'dlc/jobs:',
      jobId,
      '3',
    ]);
  });

  it('lets it write its own folders and nothing else', async () => {
    const dlc = await startQuick();
    const before = client.newDataDir('/var/tmp');
    const jobId = await client.createId(dlc, {
      UserCommand: `for place in . ~ /tmp /dev/shm /etc /usr ${before}; do
        touch "$place/mine" 2>/dev/null && echo "$place"
      done; hostname`,
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    const lines = (await client.logsOf(dlc, jobId)) as string[];
    expect(lines.toSpliced(1, 1)).toEqual(['.', '/tmp', '/dev/shm', `${jobId}-master-0`]);
    expect(existsSync('/tmp/mine')).toBe(false);
  });

  it('shows no process of this machine', async () => {
    const dlc = await startQuick();
    const jobId = await client.createId(dlc, {
      UserCommand: `[ -e /proc/${process.pid}/environ ] || echo none`,
    });
    await expect.poll(() => client.statusOf(dlc, jobId), wait).toBe('Succeeded');
    expect(await client.logsOf(dlc, jobId)).toEqual(['none']);
  });
});
