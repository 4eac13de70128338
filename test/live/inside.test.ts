import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { insideMessage } from '../../src/live/inside.ts';
import type { Run, Track } from '../../src/measurements/types.ts';
import type { Spectrum } from '../../src/spectra/types.ts';

const series = (metric: string, ...values: number[]) =>
  [
    metric,
    { metric, centering: null, origin: 'measured', values: Float64Array.from(values), undetermined: [] },
  ] as const;

const weights: Track = {
  id: 'weights',
  steps: Float64Array.of(0, 100),
  subjects: [
    {
      ...{ name: 'a.weight', rows: 2, columns: 3, singularValues: null },
      series: new Map([series('stable_rank', 2, 1.5), series('tail_exponent', Number.NaN, 3)]),
    },
    {
      ...{ name: 'b.weight', rows: 2, columns: 2, singularValues: null },
      series: new Map([series('stable_rank', 1, 1)]),
    },
  ],
};

const run: Run = {
  ...runOf({ id: 'r', layers: { a: { rank: [1, 2] }, b: { rank: [1, 1] } }, steps: [0, 50] }),
  tracks: [weights],
};

const spectrum = (...singularValues: number[]): Spectrum => ({
  singularValues: Float64Array.from(singularValues),
  ...{ samples: 4, features: 3, centering: 'columns', reliable: 3, rowFourthMoment: Number.NaN },
});
const spectra = {
  step: 50,
  layers: [
    { centered: spectrum(8, 4, 0), raw: spectrum(9, 4, 1) },
    { centered: null, raw: spectrum(2, 1) },
  ],
};

describe('what a page is told of the inside of a run', () => {
  it('is the spectra of the layers at the last measurement first: shares of the largest, without zeros', () => {
    const message = insideMessage({ run, spectra, checkpoints: [0, 40] }, null);
    expect(message).toMatchObject({
      run: 'r',
      chosen: 'spectra',
      step: 50,
      more: 0,
      xTitle: 'Singular value, the largest first',
      x: [1, 2, 3],
      lines: [
        { label: 'a', values: [1, 0.5, null] },
        { label: 'b', values: [1, 0.5, null] },
      ],
      checkpoints: [0, 40],
    });
  });

  it('can be any quantity that is measured beside the layers, for the subjects that have it', () => {
    const message = insideMessage({ run, spectra, checkpoints: [] }, 'weights/tail_exponent');
    expect(message.choices.map(({ id }) => id)).toEqual([
      'spectra',
      'weights/stable_rank',
      'weights/tail_exponent',
    ]);
    expect(message).toMatchObject({
      chosen: 'weights/tail_exponent',
      yTitle: 'weights: tail exponent',
      x: [0, 100],
      lines: [{ label: 'a.weight', values: [null, 3] }],
    });
  });

  it('is the first there is where something else is asked for, and nothing where there is nothing', () => {
    expect(insideMessage({ run, spectra: null, checkpoints: [] }, '__proto__').chosen).toBe(
      'weights/stable_rank',
    );
    const bare = insideMessage({ run: { ...run, tracks: [] }, spectra: null, checkpoints: [7] }, null);
    expect(bare).toMatchObject({ chosen: null, choices: [], lines: [], checkpoints: [7] });
  });
});
