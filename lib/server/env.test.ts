import { describe, expect, it } from 'vitest';
import { parseEnv } from './env';

const keys = {
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAIexample',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'hunter2hunter2',
};
const cloud = { DLC_REGION: 'cn-hangzhou', ...keys };
const key = '0123456789abcdef'.repeat(4);
const secret = { JOBWRIGHT_SECRET_KEY: key };

function parsed(source: Record<string, string>) {
  const result = parseEnv(source);
  if (!result.ok) throw new Error(result.problem);
  return result.value;
}

describe('without variables', () => {
  it('is a local DLC on the loopback address', () => {
    expect(parsed({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      origin: undefined,
      dataDir: `${process.cwd()}/.data`,
      connection: { kind: 'local', capacity: {} },
      secretKey: undefined,
      token: undefined,
      poll: { activeMs: 2000, waitingMs: 2000, listMs: 2000, logsMs: 2000 },
      logLevel: 'info',
      ops: { port: undefined, host: '127.0.0.1', public: false },
    });
  });

  it('takes blanks for unset', () => {
    const blank = { PORT: '', JOBWRIGHT_HOST: ' ', DLC_REGION: '', DLC_ENDPOINT: '', JOBWRIGHT_TOKEN: '' };
    expect(parsed(blank)).toEqual(parsed({}));
  });
});

describe('what is accepted', () => {
  it.each([
    ['a region and keys', cloud, 'https://pai-dlc.cn-hangzhou.aliyuncs.com', 'cn-hangzhou'],
    [
      'an endpoint that names its region',
      { ...keys, DLC_ENDPOINT: 'https://pai-dlc-vpc.cn-beijing.aliyuncs.com/' },
      'https://pai-dlc-vpc.cn-beijing.aliyuncs.com',
      'cn-beijing',
    ],
    [
      'an endpoint elsewhere',
      { ...keys, DLC_ENDPOINT: 'https://dlc.example.com:8443' },
      'https://dlc.example.com:8443',
      undefined,
    ],
    [
      'plain http to this machine',
      { ...keys, DLC_ENDPOINT: 'http://127.0.0.1:8080' },
      'http://127.0.0.1:8080',
      undefined,
    ],
    [
      'plain http to this machine by IPv6',
      { ...keys, DLC_ENDPOINT: 'http://[::1]:8080' },
      'http://[::1]:8080',
      undefined,
    ],
    [
      'a region the table lacks, with its endpoint',
      { ...keys, DLC_REGION: 'cn-chengdu', DLC_ENDPOINT: 'https://pai-dlc.aliyuncs.com' },
      'https://pai-dlc.aliyuncs.com',
      'cn-chengdu',
    ],
    [
      'the two where they agree',
      { ...cloud, DLC_ENDPOINT: 'https://pai-dlc-vpc.cn-hangzhou.aliyuncs.com' },
      'https://pai-dlc-vpc.cn-hangzhou.aliyuncs.com',
      'cn-hangzhou',
    ],
  ])('%s', (_, source, endpoint, region) => {
    expect(parsed(source as Record<string, string>).connection).toEqual({
      kind: 'cloud',
      endpoint,
      ...(region && { region }),
      credentials: { accessKeyId: 'LTAIexample', accessKeySecret: 'hunter2hunter2' },
    });
  });

  it('polls the cloud more gently', () => {
    expect(parsed(cloud).poll).toEqual({ activeMs: 15000, waitingMs: 30000, listMs: 30000, logsMs: 5000 });
    expect(parsed({ ...cloud, JOBWRIGHT_POLL_LOGS_MS: '1000' }).poll.logsMs).toBe(1000);
  });

  it('leaves the cloud as it is where the local DLC is off', () => {
    expect(parsed({ ...cloud, LOCAL_DLC: 'off' })).toEqual(parsed(cloud));
  });

  it('hands the amounts of the local DLC over', () => {
    const source = { JOBWRIGHT_LOCAL_CPU: '1.5', JOBWRIGHT_LOCAL_MEMORY_GIB: '8', JOBWRIGHT_LOCAL_GPU: '0' };
    expect(parsed(source).connection).toEqual({
      kind: 'local',
      capacity: { cpu: 1.5, memoryGiB: 8, gpu: 0 },
    });
  });

  it('reads a key of 32 bytes in hex or base64', () => {
    const bytes = Buffer.from(key, 'hex');
    expect(parsed({ JOBWRIGHT_SECRET_KEY: key }).secretKey).toEqual(bytes);
    expect(parsed({ JOBWRIGHT_SECRET_KEY: bytes.toString('base64') }).secretKey).toEqual(bytes);
  });

  it.each([
    { JOBWRIGHT_HOST: '::1' },
    { JOBWRIGHT_HOST: 'localhost' },
    { JOBWRIGHT_HOST: '127.0.0.2' },
    { JOBWRIGHT_ORIGIN: 'http://localhost:3000' },
    { JOBWRIGHT_HOST: '0.0.0.0', JOBWRIGHT_ALLOW_ANYONE: 'yes' },
    { ...cloud, JOBWRIGHT_HOST: '0.0.0.0', JOBWRIGHT_ALLOW_ANYONE: 'yes' },
    { ...cloud, JOBWRIGHT_ORIGIN: 'https://jobs.example.com', JOBWRIGHT_ALLOW_ANYONE: 'yes' },
    { DATABASE_URL: 'postgres://ada:pw@db.example.com:5433/jobs?sslmode=verify-full', ...secret },
    { DATABASE_URL: 'postgresql:///jobs?host=/run/postgresql&options=-csearch_path%3Dmine', ...secret },
    { DATABASE_URL: 'postgres://ada:p%40@/jobs?host=/run/postgresql', ...secret },
  ])('%o', (source) => {
    expect(parseEnv(source as Record<string, string>)).toMatchObject({ ok: true });
  });
});

describe('what is refused', () => {
  const token = { JOBWRIGHT_TOKEN: '0123456789abcdef' };
  it.each([
    [{ PORT: '0' }, 'PORT'],
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '80.5' }, 'PORT'],
    [{ PORT: '3e3' }, 'PORT'],
    [{ JOBWRIGHT_HOST: 'localhost:3000' }, 'JOBWRIGHT_HOST'],
    [{ JOBWRIGHT_ORIGIN: 'localhost' }, 'JOBWRIGHT_ORIGIN'],
    [{ JOBWRIGHT_ORIGIN: 'http://localhost/x' }, 'JOBWRIGHT_ORIGIN'],
    [{ JOBWRIGHT_ORIGIN: 'http://user@localhost' }, 'JOBWRIGHT_ORIGIN'],
    [{ JOBWRIGHT_ORIGIN: 'ftp://localhost' }, 'JOBWRIGHT_ORIGIN'],
    [{ ...keys }, 'DLC_REGION'],
    [{ DLC_REGION: 'cn-hangzhou' }, 'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
    [{ ...cloud, ALIBABA_CLOUD_ACCESS_KEY_SECRET: '' }, 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
    [{ DLC_ENDPOINT: 'https://dlc.example.com' }, 'DLC_ENDPOINT is set but not'],
    [{ ALIBABA_CLOUD_SECURITY_TOKEN: 'sts' }, 'DLC_REGION'],
    [{ ...cloud, DLC_REGION: 'cn-chengdu' }, 'DLC_ENDPOINT'],
    [{ ...cloud, DLC_ENDPOINT: 'https://pai-dlc.cn-beijing.aliyuncs.com' }, 'different regions'],
    [{ ...keys, DLC_ENDPOINT: 'http://dlc.example.com' }, 'https://'],
    [{ ...keys, DLC_ENDPOINT: 'https://dlc.example.com/api' }, 'DLC_ENDPOINT'],
    [{ ...keys, DLC_ENDPOINT: 'https://me:pw@dlc.example.com' }, 'DLC_ENDPOINT'],
    [{ ...keys, DLC_ENDPOINT: 'http://127.0.0.1.example.com' }, 'https://'],
    [{ ...cloud, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'hunter2 hunter2' }, 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
    [{ DATABASE_URL: 'postgres://ada:hunter2@db/jobs' }, 'JOBWRIGHT_SECRET_KEY'],
    [{ DATABASE_URL: 'mysql://ada:hunter2@db/jobs' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'host=db password=hunter2' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://ada:12/hunter2@db/jobs' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://ada:12?hunter2@db/jobs' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://ada:12#hunter2@db/jobs' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://ada:hunter2@db:port/jobs' }, 'DATABASE_URL'],
    [{ JOBWRIGHT_SECRET_KEY: 'hunter2hunter2' }, 'JOBWRIGHT_SECRET_KEY'],
    [{ JOBWRIGHT_TOKEN: 'hunter2hunter2' }, 'JOBWRIGHT_TOKEN'],
    [{ JOBWRIGHT_ALLOW_ANYONE: 'true' }, 'JOBWRIGHT_ALLOW_ANYONE'],
    [{ JOBWRIGHT_POLL_LIST_MS: '10' }, 'JOBWRIGHT_POLL_LIST_MS'],
    [{ LOCAL_DLC: 'off' }, 'LOCAL_DLC is off and no cloud is set'],
    [{ LOCAL_DLC: 'no' }, 'LOCAL_DLC must be on or off'],
    [{ LOCAL_DLC: 'off', ...keys }, 'or DLC_ENDPOINT too.'],
    [{ JOBWRIGHT_LOCAL_CPU: '0' }, 'JOBWRIGHT_LOCAL_CPU'],
    [{ JOBWRIGHT_LOCAL_MEMORY_GIB: '8Gi' }, 'JOBWRIGHT_LOCAL_MEMORY_GIB'],
    [{ JOBWRIGHT_LOCAL_GPU: '1.5' }, 'JOBWRIGHT_LOCAL_GPU'],
    [{ JOBWRIGHT_OPS_PORT: '3000' }, 'another port than PORT'],
    [{ JOBWRIGHT_OPS_PORT: 'x' }, 'JOBWRIGHT_OPS_PORT'],
    [{ JOBWRIGHT_OPS_PORT: '9100', JOBWRIGHT_OPS_HOST: 'a:1' }, 'JOBWRIGHT_OPS_HOST'],
    [{ JOBWRIGHT_OPS_HOST: '0.0.0.0' }, 'but not JOBWRIGHT_OPS_PORT'],
    [{ JOBWRIGHT_OPS_PUBLIC: 'true' }, 'JOBWRIGHT_OPS_PUBLIC'],
    [{ NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: 'hunter2hunter2' }, 'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY'],
    [{ JOBWRIGHT_LOG_LEVEL: 'loud' }, 'JOBWRIGHT_LOG_LEVEL'],
    [{ JOBWRIGHT_HOST: '0.0.0.0' }, 'run commands on this machine'],
    [{ JOBWRIGHT_HOST: '::' }, 'JOBWRIGHT_ALLOW_ANYONE'],
    [{ JOBWRIGHT_HOST: '0' }, 'JOBWRIGHT_ALLOW_ANYONE'],
    [{ JOBWRIGHT_HOST: '127.evil.example' }, 'JOBWRIGHT_ALLOW_ANYONE'],
    [{ JOBWRIGHT_HOST: '192.168.0.7', ...token }, 'JOBWRIGHT_ALLOW_ANYONE'],
    [{ JOBWRIGHT_HOST: '192.168.0.7', JOBWRIGHT_ALLOW_ANYONE: 'yes' }, 'unset JOBWRIGHT_HOST'],
    [{ JOBWRIGHT_HOST: '[::1]' }, 'JOBWRIGHT_HOST'],
    [{ ...cloud, JOBWRIGHT_HOST: '0.0.0.0' }, 'at your expense'],
    [{ ...cloud, JOBWRIGHT_ORIGIN: 'https://jobs.example.com' }, 'JOBWRIGHT_ALLOW_ANYONE'],
    [{ JOBWRIGHT_ORIGIN: 'https://jobs.example.com', JOBWRIGHT_ALLOW_ANYONE: 'yes' }, 'JOBWRIGHT_ORIGIN'],
    [
      { JOBWRIGHT_ORIGIN: 'https://jobs.example.com', JOBWRIGHT_ALLOW_ANYONE: 'yes', ...token },
      'JOBWRIGHT_ORIGIN',
    ],
  ])('%o', (source, word) => {
    const result = parseEnv(source as Record<string, string>);
    if (result.ok) throw new Error('was accepted');
    expect(result.problem).toContain(word);
    expect(result.problem).toMatch(/^[A-Z][^\n]*\.$/);
    expect(result.problem).not.toContain('hunter2');
  });
});

it('lets only a DLC on this machine shorten the time after which a job is absent', () => {
  const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret' };
  const life = { ...keys, DLC_SIGNATURE_LIFE_MS: '2000' };
  expect(parseEnv({ ...life, DLC_ENDPOINT: 'http://127.0.0.1:8080' })).toMatchObject({
    value: { connection: { signatureLifeMs: 2_000 } },
  });
  for (const place of [{ DLC_REGION: 'cn-hangzhou' }, { DLC_ENDPOINT: 'https://dlc.example.com' }])
    expect(parseEnv({ ...life, ...place })).toMatchObject({
      problem: expect.stringMatching(/^DLC_SIGNATURE_LIFE_MS is only for a DLC on this machine/),
    });
});
