import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as client from './test-client';
import { isolations, optionOf } from './test-isolations';
import { addCodeSource, addDataset } from './test-registry';
import { startQuick } from './test-start';
import { newWheels } from './test-wheel';

/**
 * Each worker counts to three; the first one waits for the others' checkpoints, as a chief does. With bubblewrap the paths
 * are those of the page to the letter; without it nothing can be at /root itself.
 */
const trainingIn = (root: string): string => `
import json, os, time
import mnist_data, numpy, page_requirement

assert ('DLC_LOCAL_ROOT' in os.environ) == (${root ? 'True' : 'False'})
config = json.loads(os.environ['TF_CONFIG'])
task, workers = config['task'], config['cluster']['worker']
folder = os.path.expandvars('${root}/root/data/nas1/test/models')
os.makedirs(folder, exist_ok=True)
for step in range(1, 4):
    path = os.path.join(folder, 'worker-%d-step-%d' % (task['index'], step))
    with open(path, 'w') as checkpoint:
        made = {'step': step, 'of': len(workers), 'digits': mnist_data.DIGITS}
        json.dump({**made, 'numpy': numpy.VERSION, 'required': page_requirement.WORD}, checkpoint)
last = [os.path.join(folder, 'worker-%d-step-3' % index) for index in range(len(workers))]
while task['index'] == 0 and not all(os.path.exists(path) for path in last):
    time.sleep(0.05)
print('worker %d of %d is done' % (task['index'], len(workers)))
`;

function newCode(root: string): { folder: string; commit: string } {
  const folder = client.newDataDir();
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'master');
  writeFileSync(join(folder, 'mnist.py'), trainingIn(root));
  writeFileSync(join(folder, 'mnist_data.py'), 'DIGITS = 10\n');
  writeFileSync(join(folder, 'requirements.txt'), 'page-requirement>=2\n');
  git('add', '.');
  git('commit', '-qm', 'train');
  const commit = git('rev-parse', '--short=9', 'HEAD');
  writeFileSync(join(folder, 'mnist.py'), 'raise SystemExit("too new")\n');
  git('commit', '-qam', 'later');
  return { folder, commit };
}

it.each(isolations)(
  "the example of the API's page leaves its checkpoints in the data source (%s)",
  async (kind) => {
    const dlc = await startQuick(optionOf(kind));
    const root = kind === 'none' ? '$DLC_LOCAL_ROOT' : '';
    const { folder, commit } = newCode(root);
    const wheels = newWheels(
      ['numpy', '1.16.1', "VERSION = '1.16.1, made by the test'\n"],
      ['numpy', '9.9.9', "VERSION = 'too new'\n"],
      ['page-requirement', '2.0', "WORD = 'from requirements.txt'\n"],
    );
    const data = client.newDataDir();
    const jobId = await client.createId(dlc, {
      DisplayName: 'tf-mnist-test',
      JobType: 'TFJob',
      JobSpecs: [
        {
          Type: 'Worker',
          Image:
            'registry.cn-hangzhou.aliyuncs.com/pai-dlc/tensorflow-training:1.12PAI-gpu-py36-cu101-ubuntu18.04',
          PodCount: 3,
          EcsSpec: 'ecs.gn6e-c12g1.3xlarge',
        },
      ],
      UserCommand: `python ${root}/root/code/mnist.py`,
      DataSources: [{ DataSourceId: await addDataset(dlc, data, '/root/data/nas1') }],
      CodeSource: { CodeSourceId: await addCodeSource(dlc, folder), Branch: 'master', Commit: commit },
      UserVpc: { VpcId: 'vpc-1', SecurityGroupId: 'sg-1' },
      ThirdpartyLibs: ['numpy==1.16.1'],
      ThirdpartyLibDir: '/root/code/',
      // The packages are the test's own: no network.
      Envs: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels },
      JobMaxRunningTimeMinutes: 1024,
    });
    const wait = { timeout: 110_000, interval: 100 };
    await expect
      .poll(async () => /Succeeded|Failed/.test(String(await client.statusOf(dlc, jobId))), wait)
      .toBe(true);
    expect(await client.read(dlc, jobId)).toMatchObject({ Status: 'Succeeded', ReasonCode: 'JobSucceeded' });
    const models = join(data, 'test', 'models');
    expect(readdirSync(models)).toHaveLength(9);
    for (const worker of [0, 1, 2]) {
      const text = readFileSync(join(models, `worker-${worker}-step-3`), 'utf8');
      expect(JSON.parse(text)).toEqual({
        step: 3,
        of: 3,
        digits: 10,
        numpy: '1.16.1, made by the test',
        required: 'from requirements.txt',
      });
      const said = await client.logsOf(dlc, jobId, `worker-${worker}`);
      expect(said).toEqual([`worker ${worker} of 3 is done`]);
    }
  },
  120_000,
);
