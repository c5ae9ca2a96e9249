import { describe, expect, it } from 'vitest';
import { newDraft, newRole, toBody } from './draft';
import { copySettings, nextRoles, sortRoles } from './parking';
import { rolesOf } from './roles';

const types = (roles: { Type: string }[]) => roles.map(({ Type }) => Type);

describe('sortRoles', () => {
  it('sets aside what the new type does not have and brings it back with the old one', () => {
    const ps = { ...newRole('PS'), Image: 'ps-image' };
    const start = { JobSpecs: [newRole('Worker'), ps], parked: [] };
    const torch = sortRoles(start, 'PyTorchJob');
    expect([types(torch.JobSpecs), types(torch.parked)]).toEqual([['Worker'], ['PS']]);
    const back = sortRoles(torch, 'TFJob');
    expect([types(back.JobSpecs), types(back.parked)]).toEqual([['Worker', 'PS'], []]);
    expect(back.JobSpecs[1]?.Image).toBe('ps-image');
  });

  it('brings back no role that was added anew meanwhile', () => {
    const sorted = sortRoles({ JobSpecs: [newRole('PS')], parked: [newRole('PS')] }, 'TFJob');
    expect([types(sorted.JobSpecs), types(sorted.parked)]).toEqual([['PS'], ['PS']]);
  });

  it('is never sent', () => {
    const draft = { ...newDraft(), parked: [newRole('PS')] };
    expect(toBody(draft)).toEqual(toBody(newDraft()));
  });
});

describe('copySettings', () => {
  it('copies all but the type and the number of pods', () => {
    const from = { ...newRole('Worker'), Image: 'i', EcsSpec: 'e', PodCount: '3' };
    expect(copySettings(from, newRole('PS'))).toMatchObject({
      Type: 'PS',
      PodCount: '1',
      Image: 'i',
      EcsSpec: 'e',
    });
  });
});

describe('nextRoles', () => {
  it('offers what is missing, and another worker group for Ray', () => {
    expect(nextRoles('PyTorchJob', rolesOf('PyTorchJob'), new Set(['Worker']))).toEqual(['Master']);
    expect(nextRoles('RayJob', rolesOf('RayJob'), new Set(['Head', 'Worker', 'Worker-2']))).toEqual([
      'Worker-3',
    ]);
  });
});

describe('sameImage', () => {
  it("fills a blank image with the first role's, and leaves an own one alone", () => {
    const draft = newDraft();
    draft.JobSpecs = [
      { ...newRole('Chief'), Image: 'first' },
      newRole('Worker'),
      { ...newRole('PS'), Image: 'own' },
    ];
    const images = (same: boolean) =>
      (toBody({ ...draft, sameImage: same }).JobSpecs as { Image?: string }[]).map(({ Image }) => Image);
    expect(images(true)).toEqual(['first', 'first', 'own']);
    expect(images(false)).toEqual(['first', undefined, 'own']);
  });
});
