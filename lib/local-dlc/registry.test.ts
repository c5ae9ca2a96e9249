import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startLocalDlc } from './start';
import * as client from './test-client';
import { addCodeSource, addDataset, ask } from './test-registry';
import { startQuick } from './test-start';

describe('the registries', () => {
  it('keep datasets and code sources over a restart, in a file of their own', async () => {
    const dataDir = client.newDataDir();
    const folder = realpathSync(client.newDataDir());
    const first = await startQuick({ dataDir });
    const datasetId = await addDataset(first, folder, '/root/data/nas1/', { MountAccess: 'RO' });
    const codeId = await addCodeSource(first, folder, { CodeBranch: 'main', CodeCommit: 'abc' });
    await first.close();
    expect(statSync(join(dataDir, 'registry.json')).mode & 0o777).toBe(0o600);
    const second = await startQuick({ dataDir });
    const dataset = {
      DatasetId: datasetId,
      Name: folder,
      Uri: `file://${folder}`,
      Options: '{"mountPath":"/root/data/nas1"}',
      MountAccess: 'RO',
      WorkspaceId: '1',
    };
    const { body } = await ask(second, 'ListDatasets', 'GET', 'datasets');
    expect(body).toMatchObject({ Datasets: [dataset], TotalCount: 1 });
    expect((await ask(second, 'GetDataset', 'GET', `datasets/${datasetId}`)).body).toMatchObject(dataset);
    const code = { CodeSourceId: codeId, CodeRepo: folder, CodeBranch: 'main', CodeCommit: 'abc' };
    expect((await ask(second, 'ListCodeSources', 'GET', 'codesources')).body).toMatchObject({
      CodeSources: [code],
    });
    expect((await ask(second, 'GetCodeSource', 'GET', `codesources/${codeId}`)).body).toMatchObject(code);
  });

  it('forget what is deleted', async () => {
    const dlc = await startQuick();
    const id = await addDataset(dlc, client.newDataDir(), '/data');
    expect((await ask(dlc, 'DeleteDataset', 'DELETE', `datasets/${id}`)).status).toBe(200);
    expect(await ask(dlc, 'DeleteDataset', 'DELETE', `datasets/${id}`)).toMatchObject({
      status: 404,
      body: { Message: `${id} is not registered with this local DLC.` },
    });
    expect((await ask(dlc, 'GetDataset', 'GET', `datasets/${id}`)).status).toBe(404);
  });

  it('have a default workspace, which stays', async () => {
    const dlc = await startQuick();
    const made = await ask(dlc, 'CreateWorkspace', 'POST', 'workspaces', { WorkspaceName: 'vision' });
    expect(made.body.WorkspaceId).toBe('2');
    expect((await ask(dlc, 'ListWorkspaces', 'GET', 'workspaces')).body).toMatchObject({
      Workspaces: [
        { WorkspaceId: '2', WorkspaceName: 'vision', IsDefault: false },
        { WorkspaceId: '1', WorkspaceName: 'default', IsDefault: true, Status: 'ENABLED' },
      ],
      TotalCount: 2,
    });
    expect((await ask(dlc, 'GetDefaultWorkspace', 'GET', 'defaultWorkspaces')).body.WorkspaceId).toBe('1');
    expect((await ask(dlc, 'DeleteWorkspace', 'DELETE', 'workspaces/1')).status).toBe(400);
    expect((await ask(dlc, 'DeleteWorkspace', 'DELETE', 'workspaces/2')).status).toBe(200);
  });

  it('never give the id of a deleted workspace to the next one while it has jobs', async () => {
    const dlc = await startQuick();
    await ask(dlc, 'CreateWorkspace', 'POST', 'workspaces', { WorkspaceName: 'vision' });
    await client.createId(dlc, { WorkspaceId: '2' });
    await ask(dlc, 'DeleteWorkspace', 'DELETE', 'workspaces/2');
    const next = await ask(dlc, 'CreateWorkspace', 'POST', 'workspaces', { WorkspaceName: 'speech' });
    expect(next.body.WorkspaceId).toBe('3');
  });

  it.each([
    ['AddImage', 'images', { Name: 'a', ImageUri: 'a' }, 'Name: an image with the name a is there already.'],
    [
      'CreateWorkspace',
      'workspaces',
      { WorkspaceName: 'a' },
      'WorkspaceName: a workspace with the name a is there already.',
    ],
    ['CreateQuota', 'quotas', { Name: 'a' }, 'Name: a quota with the name a is there already.'],
  ])('take a name once: %s', async (action, path, body, message) => {
    const dlc = await startQuick();
    expect((await ask(dlc, action, 'POST', path, body)).status).toBe(200);
    const again = await ask(dlc, action, 'POST', path, body);
    expect(again).toMatchObject({ status: 400, body: { Message: message } });
  });

  it('offer images and quotas', async () => {
    const dlc = await startQuick();
    const image = { Name: 'torch', ImageUri: 'registry.example.com/torch:2' };
    await ask(dlc, 'AddImage', 'POST', 'images', image);
    expect((await ask(dlc, 'ListImages', 'GET', 'images')).body).toMatchObject({ Images: [image] });
    const quota = await ask(dlc, 'CreateQuota', 'POST', 'quotas', { Name: 'team' });
    expect((await ask(dlc, 'ListQuotas', 'GET', 'quotas')).body).toMatchObject({
      Quotas: [{ Id: quota.body.QuotaId, Name: 'team' }],
    });
  });

  it('answer to their own version only', async () => {
    const dlc = await startQuick();
    const reply = await client.call(dlc, { action: 'ListDatasets', path: '/api/v1/datasets' });
    expect(reply).toMatchObject({ status: 400, body: { Code: 'InvalidVersion' } });
  });

  it('never show a token, neither in an answer nor on the disk', async () => {
    const dataDir = client.newDataDir();
    const dlc = await startQuick({ dataDir });
    const token = 'glpat-secret-1';
    const repository = 'https://git.example.com/team/code.git';
    const id = await addCodeSource(dlc, repository, { CodeRepoUserName: 'me', CodeRepoAccessToken: token });
    const { body } = await ask(dlc, 'GetCodeSource', 'GET', `codesources/${id}`);
    expect(body).toMatchObject({ CodeRepo: repository, CodeRepoUserName: 'me' });
    expect(JSON.stringify(body)).not.toContain(token);
    expect(JSON.stringify((await ask(dlc, 'ListCodeSources', 'GET', 'codesources')).body)).not.toContain(
      token,
    );
    const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain(token);
  });

  it('say so at the start where their file is damaged', async () => {
    const dataDir = client.newDataDir();
    writeFileSync(join(dataDir, 'registry.json'), '{');
    await expect(startLocalDlc({ dataDir })).rejects.toThrow(
      `${join(dataDir, 'registry.json')} does not hold the local DLC's registry: restore it, or move it away.`,
    );
  });
});

describe('what cannot be registered', () => {
  const data = (more: object) => ['CreateDataset', 'datasets', { Name: 'n', ...more }] as const;
  const code = (more: object) =>
    ['CreateCodeSource', 'codesources', { DisplayName: 'n', MountPath: '/code', ...more }] as const;
  const repository = 'https://git.example.com/a.git';

  it.each([
    [data({}), 'Uri: must be given.'],
    [data({ Uri: 'data' }), 'Uri: must be a folder of this machine, such as file:///home/me/data.'],
    [data({ Uri: 'oss://b/c' }), 'Uri: must be a folder of this machine, such as file:///home/me/data.'],
    [data({ Uri: '/no/such' }), 'Uri: the folder /no/such is not there, or may not be read.'],
    [data({ Uri: '/etc/hosts' }), 'Uri: /etc/hosts is not a folder.'],
    [data({ Uri: '/' }), 'Uri: / holds the data directory.'],
    [data({ Uri: '/usr', Options: 'mountPath=/a' }), /^Options: must be a JSON object/],
    [
      data({ Uri: '/usr', Options: '{"mountPath":"a"}' }),
      'Options: the mount path a is not an absolute path.',
    ],
    [data({ Uri: '/usr', Options: '{"mountPath":"/a/../b"}' }), /must not hold "\.\."\.$/],
    [
      data({ Uri: '/usr', Options: '{"mountPath":"/proc/1"}' }),
      'Options: nothing can be mounted in /proc/1.',
    ],
    [data({ Uri: '/usr', Options: '{"mountPath":"//"}' }), 'Options: the mount path must not be /.'],
    [data({ Uri: '/usr', MountAccess: 'WO' }), 'MountAccess: must be RO or RW.'],
    [code({}), 'CodeRepo: must be given.'],
    [code({ CodeRepo: '--upload-pack=x' }), /^CodeRepo: the repository must be/],
    [code({ CodeRepo: 'ext::sh -c id' }), /^CodeRepo: the repository must be/],
    [code({ CodeRepo: 'http://git.example.com/a' }), /^CodeRepo: the repository must be/],
    [code({ CodeRepo: 'https://me:pw@git.example.com/a' }), /must not hold a name or password/],
    [code({ CodeRepo: repository, CodeBranch: '-x' }), /^CodeBranch: .* must not begin with "-"\.$/],
    [code({ CodeRepo: repository, CodeCommit: 'HEAD~1' }), /^CodeCommit: HEAD~1 is no name/],
    [code({ CodeRepo: repository, MountPath: '/' }), 'MountPath: the mount path must not be /.'],
  ])('%j', async ([action, path, body], message) => {
    const dlc = await startQuick();
    const reply = await ask(dlc, action, 'POST', path, body);
    expect(reply).toMatchObject({ status: 400, body: { Code: 'InvalidParameter' } });
    expect(reply.body.Message).toMatch(message);
  });

  it('a folder in the data directory, and a second one of the same name', async () => {
    const dataDir = client.newDataDir();
    const dlc = await startQuick({ dataDir });
    mkdirSync(join(dataDir, 'in'));
    const inside = await ask(dlc, 'CreateDataset', 'POST', 'datasets', {
      Name: 'n',
      Uri: join(dataDir, 'in'),
    });
    expect(inside.body.Message).toContain('lies in the data directory');
    const folder = client.newDataDir();
    await addDataset(dlc, folder, '/data');
    const again = await ask(dlc, 'CreateDataset', 'POST', 'datasets', { Name: folder, Uri: folder });
    expect(again.body.Message).toContain('is there already');
  });
});
