import { expect, it } from 'vitest';
import { messagesOf } from '@/lib/i18n/messages';
import { newText } from '@/lib/i18n/text';
import { describeResources } from './describe-resources';

const en = newText('en', messagesOf('en'));

it.each([
  [{ EcsSpec: 'ecs.g6.large' }, 'ecs.g6.large'],
  [{ EcsSpec: '', ResourceConfig: { CPU: '4', GPU: '1', Memory: '16Gi' } }, '4 CPU · 1 GPU · 16Gi memory'],
  [{ ResourceConfig: { CPU: 4, GPU: '' } }, '4 CPU'],
  [{ ResourceConfig: {} }, '–'],
  [{ ResourceConfig: null }, '–'],
  [{}, '–'],
])('%j reads %s', (role, words) => {
  expect(describeResources(en, role)).toBe(words);
});
