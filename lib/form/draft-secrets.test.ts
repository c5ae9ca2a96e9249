import { describe, expect, it } from 'vitest';
import { newDraft, toDraft } from '@/lib/dlc/draft';
import { mask } from '@/lib/dlc/secrets';
import { putSecretsBack, takeSecretsOut } from './draft-secrets';

const envs = (rows: [string, string][]) => toDraft({ Envs: Object.fromEntries(rows) });

describe('takeSecretsOut', () => {
  it('leaves nothing of a credential in the draft and gives it back whole', () => {
    const draft = toDraft({
      Envs: { HF_TOKEN: 'secret-1', LR: '0.1' },
      JobSpecs: [{ Type: 'Worker', ImageConfig: { Password: 'secret-2' } }],
    });
    const { draft: open, secrets } = takeSecretsOut(draft);
    expect(JSON.stringify(open)).not.toContain('secret-');
    expect(putSecretsBack(open, secrets)).toEqual(draft);
  });

  it('hides a value that has no name yet', () => {
    const draft = newDraft();
    draft.Envs = [{ key: '', value: 'typed first', rest: {} }];
    expect(JSON.stringify(takeSecretsOut(draft).draft)).not.toContain('typed first');
  });
});

describe('putSecretsBack', () => {
  it('never gives a credential to another name, whatever happened to the rows meanwhile', () => {
    const { secrets } = takeSecretsOut(
      envs([
        ['DB_PASSWORD', 'hunter2'],
        ['API_KEY', 'key-1'],
      ]),
    );
    const gone = putSecretsBack(
      envs([
        ['API_KEY', mask],
        ['GREETING', 'hello'],
      ]),
      secrets,
    );
    expect(gone.Envs.map(({ key, value }) => [key, value])).toEqual([
      ['API_KEY', 'key-1'],
      ['GREETING', 'hello'],
    ]);
    const renamed = putSecretsBack(envs([['OTHER_PASSWORD', mask]]), secrets);
    expect(renamed.Envs[0]?.value).toBe(mask);
  });
});
