import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { InputError } from '../../src/errors/input-error.ts';
import { analyzeStudy } from '../../src/findings/study-analysis.ts';
import { readRun, writeRun } from '../../src/measurements/log-store.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { metrics } from '../../src/spectra/metrics.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import { temporaryFolder } from '../study/small-study.ts';

const steps = [0, 10, 20];
const rng = createRandom('run of');
const matrices = steps.map(() => ({
  data: Float64Array.from({ length: 12 * 4 }, () => rng.normal()),
  rows: 12,
  columns: 4,
}));

describe('a run from curves', () => {
  const run = runOf({
    id: 'mine',
    steps,
    layers: { encoder: { stable_rank: [9, Number.NaN, 4] }, decoder: { stable_rank: [1, 2, 3] } },
    loss: [3, 2, 1],
    seed: 7,
  });

  it('has the layers in their order, and says where there is no value', () => {
    expect(run.layers.map(({ name, depth }) => [name, depth])).toEqual([
      ['encoder', 0],
      ['decoder', 1],
    ]);
    const series = run.layers[0].series.get('stable_rank')!;
    expect([...series.values]).toEqual([9, Number.NaN, 4]);
    expect(series.undetermined).toEqual([{ index: 1, reason: 'it is NaN' }]);
    expect(run).toMatchObject({ id: 'mine', seed: 7, plannedSteps: 21, complete: true });
  });

  it('can be written, read back and analyzed', () => {
    const folder = temporaryFolder();
    writeRun(folder, run);
    expect(readRun(folder, 'mine').layers[1].series.get('stable_rank')!.values).toEqual(
      Float64Array.of(1, 2, 3),
    );
    expect(analyzeStudy([run]).seriesId).toBe('stable_rank');
  });
});

describe('a run from matrices', () => {
  const run = runOf({ id: 'mine', steps, layers: { encoder: matrices }, kinds: { encoder: 'linear' } });

  it('has every metric of their spectra, and the spectra', () => {
    const [layer] = run.layers;
    const expected = metrics.effective_rank(spectrumOf(matrices[1]));
    expect(layer.series.get('effective_rank')!.values[1]).toBe(expected.determined && expected.value);
    expect(layer.series.size).toBe(13);
    expect(layer.spectra!.centered![2]).toEqual(spectrumOf(matrices[2]).singularValues);
    expect(layer).toMatchObject({ samples: 12, features: 4, kind: 'linear' });
  });
});

describe('what is no run', () => {
  it('is refused with its place', () => {
    const layers = { encoder: { stable_rank: [1, 2] } };
    expect(() => runOf({ id: 'a', steps, layers })).toThrow(/encoder.stable_rank is "2 values"; allowed: 3/);
    expect(() => runOf({ id: 'a', steps: [0, 0], layers })).toThrow(/steps\[1\].*above 0/);
    expect(() => runOf({ id: 'a', steps, layers: { encoder: matrices.slice(1) } })).toThrow(InputError);
    expect(() => runOf({ id: 'a', steps, layers: {} })).toThrow(/at least one layer/);
    const odd = [matrices[0], matrices[1], { data: new Float64Array(12), rows: 3, columns: 4 }];
    expect(() => runOf({ id: 'a', steps, layers: { encoder: odd } })).toThrow(/encoder\[2\].*12 × 4/);
  });
});
