import { describe, expect, it } from 'vitest';
import { controlsOf } from '../../src/findings/controls-of.ts';
import { loggedRun } from '../dynamics/run-changes/logged-run.ts';

const spectra = [
  [3, 2],
  [3, 1],
];
const run = loggedRun(spectra, { id: 'a' });

describe('the controls of runs', () => {
  it('are those of the same network and data', () => {
    const control = loggedRun(spectra, { id: 'b' });
    const others = [
      loggedRun(spectra, { id: 'c', architecture: 'cnn' }),
      loggedRun(spectra, { id: 'd', dataset: 'mnist' }),
    ];
    expect(controlsOf([run], [control, ...others])).toEqual([control]);
  });

  it('are never the run itself, though it was read twice', () => {
    expect(controlsOf([run], [loggedRun(spectra, { id: 'a' })])).toEqual([]);
  });

  it('may have its name in another study', () => {
    const namesake = loggedRun(spectra, { id: 'a', loss: Float64Array.of(1, 0.4) });
    expect(controlsOf([run], [namesake])).toEqual([namesake]);
  });

  it('are not asked for where there are none', () => {
    expect(controlsOf([run], undefined)).toBeUndefined();
  });
});
