import { describe, expect, it } from 'vitest';
import { newDraft, toDraft } from '@/lib/dlc/draft';
import { checkDraft } from './check-draft';
import { newFaultStore } from './fault-store';

const id = '0198c0de-0000-7000-8000-000000000000';
const keys = (draft: ReturnType<typeof newDraft>) =>
  Object.fromEntries([...checkDraft(draft, id)].map(([name, fault]) => [name, fault.key]));

describe('checkDraft', () => {
  it('names what a new draft lacks by its controls', () => {
    expect(keys(newDraft())).toEqual({
      DisplayName: 'required',
      UserCommand: 'required',
      'JobSpecs.0.Image': 'required',
      'JobSpecs.0.EcsSpec': 'pool.ecsMissing',
    });
  });

  it('sees a name that stands in two rows, which no body could hold', () => {
    const draft = toDraft({ Envs: { A: '1' } });
    draft.Envs.push({ key: 'A', value: '2', rest: {} });
    expect(keys(draft)['Envs.1.key']).toBe('map.twice');
  });

  it('asks for the name of each tag that has a value, and of no blank row', () => {
    const draft = newDraft();
    const values = ['one', '', 'two'];
    draft.Settings.Tags = values.map((value) => ({ key: '', value, rest: {} }));
    const found = keys(draft);
    const named = Object.keys(found).filter((name) => name.startsWith('Settings.Tags'));
    expect(named).toEqual(['Settings.Tags.0.key', 'Settings.Tags.2.key']);
    expect(found['Settings.Tags.0.key']).toBe('required');
  });

  it('asks for the quota and the amounts once a quota was chosen, never for a control that is not shown', () => {
    const found = keys({ ...newDraft(), pool: 'quota' });
    expect(found.ResourceId).toBe('pool.quotaMissing');
    expect(found['JobSpecs.0.ResourceConfig.CPU']).toBe('pool.amountsMissing');
    expect(found['JobSpecs.0.EcsSpec']).toBeUndefined();
  });

  it('points at the name of a variable, not at its value', () => {
    expect(keys(toDraft({ Envs: { 'A-B': '1' } }))['Envs.0.key']).toBe('env.name');
  });
});

describe('newFaultStore', () => {
  it('keeps a fault quiet until its control was left or all are asked for', () => {
    const store = newFaultStore();
    store.set(checkDraft(newDraft(), id));
    expect(store.visible('DisplayName')).toBeUndefined();
    store.leave('DisplayName');
    expect(store.visible('DisplayName')?.key).toBe('required');
    expect(store.visible('UserCommand')).toBeUndefined();
    store.revealAll();
    expect(store.visible('UserCommand')?.key).toBe('required');
  });

  it('gives the same fault twice for the same check, so that nothing renders for it', () => {
    const store = newFaultStore();
    store.revealAll();
    store.set(checkDraft(newDraft(), id));
    const before = store.visible('DisplayName');
    store.set(checkDraft(newDraft(), id));
    expect(store.visible('DisplayName')).toBe(before);
  });

  it('forgets what the API said of a value that was changed', () => {
    const store = newFaultStore();
    store.setRefused(
      new Map([['Priority', { path: ['Priority'], key: 'api.said', params: { message: 'no' } }]]),
    );
    expect(store.visible('Priority')?.key).toBe('api.said');
    store.forgive('Priority');
    expect(store.visible('Priority')).toBeUndefined();
  });
});
