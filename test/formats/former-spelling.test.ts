import { describe, expect, it } from 'vitest';
import { inPresentSpelling } from '../../src/formats/former-spelling.ts';

describe('the former spelling of keys', () => {
  it('is read as the present one, at any depth, in the order of the content', () => {
    const content = { training: { steps: 3, optimiser: 'sgd' }, series: [{ id: 'a', centring: 'none' }] };
    expect(JSON.stringify(inPresentSpelling(content))).toBe(
      '{"training":{"steps":3,"optimizer":"sgd"},"series":[{"id":"a","centering":"none"}]}',
    );
  });

  it('goes for the names of spectra too, and for no other text', () => {
    expect(inPresentSpelling({ spectra: ['centred', 'raw'], layers: ['centred'] })).toEqual({
      spectra: ['centered', 'raw'],
      layers: ['centred'],
    });
  });

  it('stays beside the present one, for whoever refuses keys that are not known', () => {
    const both = { optimizer: 'adam', optimiser: 'sgd' };
    expect(inPresentSpelling(both)).toEqual(both);
  });
});
