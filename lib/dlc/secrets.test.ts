import { describe, expect, it } from 'vitest';
import { looksSecret, mask, maskSecrets, replaceLeaves, secretLeaves } from './secrets';

describe('looksSecret', () => {
  it.each([
    ['DB_PASSWORD', 'x'],
    ['API_KEY', 'x'],
    ['HF_TOKEN', 'x'],
    ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'x'],
    ['OSS_ACCESS_KEY_ID', 'x'],
    ['authToken', 'x'],
    ['PGPASSWORD', 'x'],
    ['SSHPASS', 'x'],
    ['PASSWORD_1', 'x'],
    ['PASSWORD2', 'x'],
    ['API_TOKENS', 'x'],
    ['TOKEN_PROD', 'x'],
    ['DB_PASS_PROD', 'x'],
    ['AUTHORIZATION', 'Bearer x'],
    ['SIGNING_KEY', 'x'],
    ['ENCRYPTION_KEY', 'x'],
    ['SSH_KEY', 'x'],
    ['COOKIE', 'x'],
    ['JWT', 'x'],
    ['', 'typed before its name'],
    ['URL', 'redis://:pw@host'],
    ['URL', 'https://u:a/b@host/x'],
    ['URL', 'https://h/x?access_token=abc'],
    ['DSN', 'jdbc:mysql://h/db?user=a&password=b'],
    ['CONN', 'AccountName=a;AccountKey=b=='],
    ['ANY', 'LTAI5tExampleExample1234'],
    ['ANY', `hf_${'a'.repeat(30)}`],
    ['ANY', 'https://me:pw@git.example.com/x'],
    ['ANY', '-----BEGIN RSA PRIVATE KEY-----'],
  ])('%s=%s looks like a credential', (name, value) => expect(looksSecret(name, value)).toBe(true));

  it.each([
    ['ENABLE_DEBUG_MODE', 'true'],
    ['PATH', '/usr/bin'],
    ['PASSES', '3'],
    ['TOKENIZERS_PARALLELISM', 'false'],
    ['MAX_TOKENS', '4096'],
    ['AUTHOR', 'me'],
    ['PAD_TOKEN', '<pad>'],
    ['TOKENIZER', 'bert'],
    ['URL', 'https://example.com:8080/a@b'],
    ['KEYBOARD', 'us'],
    ['NUM_PASSES', '3'],
    ['DB_PASSWORD', ''],
  ])('%s=%s does not', (name, value) => expect(looksSecret(name, value)).toBe(false));
});

const body = {
  Later: { AccessToken: 't8', CodeRepo: 'https://oauth2:t9@git.example.com/x' },
  Envs: { HF_TOKEN: 't1', LR: '0.1' },
  CustomEnvs: [{ Key: 'API_KEY', Value: 't2', Visible: 'x' }],
  JobSpecs: [
    {
      ImageConfig: { Username: 'u', Password: 't3', Auth: 't4' },
      ExtraPodSpec: { SideCarContainers: [{ Env: [{ Name: 'DB_PASSWORD', Value: 't5' }] }] },
    },
  ],
  CredentialConfig: {
    CredentialConfigItems: [{ Roles: [{ AssumeUserInfo: { SecurityToken: 't6', Id: 't7' } }] }],
  },
};

describe('maskSecrets', () => {
  it('hides registry logins, AssumeUserInfo and credential-looking variables wherever they stand', () => {
    const text = JSON.stringify(maskSecrets(body));
    expect(text).not.toMatch(/t[1-9]"|t9@/);
    expect(text.split(mask)).toHaveLength(10);
    expect(text).toContain('"LR":"0.1"');
  });

  it('is undone by putting the leaves back', () => {
    expect(replaceLeaves(maskSecrets(body), secretLeaves(body))).toEqual(body);
  });
});
