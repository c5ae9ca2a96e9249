import { describe, expect, it } from 'vitest';
import { messagesOf } from '@/lib/i18n/messages';
import { newText } from '@/lib/i18n/text';
import { describeMeaning, describeStatus, toStatusTone } from './describe-status';

const en = newText('en', messagesOf('en'));
const zh = newText('zh-CN', messagesOf('zh-CN'));

describe('the word of a status', () => {
  it('is the API’s own in English', () => {
    expect(describeStatus(en, 'EnvPreparing')).toBe('EnvPreparing');
  });

  it('is translated into Chinese', () => {
    expect(describeStatus(zh, 'Succeeded')).toBe('已成功');
  });

  it('is shown as it came where Jobwright does not know it', () => {
    expect(describeStatus(zh, 'Dequeued')).toBe('Dequeued');
    expect(describeStatus(en, 'constructor')).toBe('constructor');
    expect(describeMeaning(en, 'Dequeued')).toBeUndefined();
  });

  it('is never empty', () => {
    expect(describeStatus(en, '')).not.toBe('');
  });
});

it.each([
  ['Pending', 'waiting'],
  ['Queuing', 'waiting'],
  ['Running', 'running'],
  ['Succeeded', 'succeeded'],
  ['Failed', 'failed'],
  ['Stopped', 'stopped'],
  ['Dequeued', 'unknown'],
])('%s has the shape of %s', (status, tone) => {
  expect(toStatusTone(status)).toBe(tone);
});
