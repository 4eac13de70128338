import { describe, expect, it } from 'vitest';
import { nearestName, oneOf } from '../../src/errors/nearest-name.ts';

describe('the name that was probably meant', () => {
  const names = ['mlp_narrow', 'mlp_wide', 'cnn_deep'];

  it('is the one with the fewest edits', () => {
    expect(nearestName('mlp_narow', names)).toBe('mlp_narrow');
    expect(nearestName('cnn_depe', names)).toBe('cnn_deep');
    expect(nearestName('MLP_WIDE', names)).toBe('mlp_wide');
  });

  it('is not guessed when nothing is near', () => {
    expect(nearestName('resnet', names)).toBeNull();
  });

  it('leads the list of what is allowed', () => {
    expect(oneOf('mlp_wid', names)).toBe('did you mean mlp_wide? one of mlp_narrow, mlp_wide, cnn_deep');
    expect(oneOf('resnet', names)).toBe('one of mlp_narrow, mlp_wide, cnn_deep');
  });

  it('is looked for among names of a hostile file in bounded time, and named in a bounded text', () => {
    const columns = Array.from({ length: 200_000 }, (_, i) => `${'x'.repeat(150)}${i}`);
    const text = oneOf('x'.repeat(1e6), columns);
    expect(text.length).toBeLessThan(20_000);
    expect(text).toMatch(/ and 199940 more$/);
  });
});
