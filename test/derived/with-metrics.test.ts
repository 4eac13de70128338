import { describe, expect, it } from 'vitest';
import { runOf } from '../../src/derived/run-of.ts';
import { withMetrics } from '../../src/derived/with-metrics.ts';
import { readRun, writeRun } from '../../src/measurements/log-store.ts';
import type { Run, Track } from '../../src/measurements/types.ts';
import { createRandom } from '../../src/numerics/random.ts';
import { spectrumOf } from '../../src/spectra/spectrum.ts';
import { weightMetricNames, weightMetrics } from '../../src/spectra/weight-metrics.ts';
import { temporaryFolder } from '../measurements/fixtures.ts';

const random = createRandom('with-metrics');
const matrix = (rows: number, columns: number) => ({
  data: Float64Array.from({ length: rows * columns }, () => random.normal()),
  rows,
  columns,
});
const measured = runOf({
  id: 'mine',
  steps: [0, 10, 20],
  layers: { first: [0, 1, 2].map(() => matrix(12, 5)), second: [0, 1, 2].map(() => matrix(12, 30)) },
  kinds: { first: 'selective-scan' },
  family: 'state-space',
});

/** The run as a log without metrics has it: written without, and read again. */
function logged(run: Run): Run {
  const folder = temporaryFolder();
  writeRun(folder, { ...run, layers: run.layers.map((layer) => ({ ...layer, series: new Map() })) });
  return readRun(folder, run.id);
}

describe('a run whose log holds spectra without metrics', () => {
  it('has none as it is read, and every one that was measured once they are computed, to the bit', () => {
    const read = logged(measured);
    expect(read.layers.map(({ series }) => series.size)).toEqual([0, 0]);
    const run = withMetrics(read);
    measured.layers.forEach(({ series }, l) => {
      expect([...run.layers[l].series.keys()].sort()).toEqual([...series.keys()].sort());
      for (const [id, { values, metric, centering }] of series) {
        expect(run.layers[l].series.get(id)).toMatchObject({ values, metric, centering, origin: 'derived' });
      }
    });
  });

  it('may be of any kind of layers and family of networks', () => {
    const run = withMetrics(logged(measured));
    expect([run.family, run.layers[0].kind]).toEqual(['state-space', 'selective-scan']);
  });

  it('does not read its spectra before a metric is looked at', () => {
    const [layer] = logged(measured).layers;
    let reads = 0;
    const counted = Object.defineProperty({ ...layer, spectra: null }, 'spectra', {
      enumerable: true,
      get: () => {
        reads++;
        return measured.layers[0].spectra;
      },
    });
    const run = withMetrics({ ...measured, layers: [counted] });
    expect(run.layers[0].name).toBe('first');
    expect(reads).toBe(0);
    expect(run.layers[0].series.size).toBeGreaterThan(10);
    expect(reads).toBeGreaterThan(0);
  });

  it('is written without them again: they follow from what is logged', () => {
    const folder = temporaryFolder();
    const run = withMetrics(logged(measured));
    writeRun(folder, run);
    const again = readRun(folder, 'mine');
    expect(again.layers.map(({ series }) => series.size)).toEqual([0, 0]);
    expect(again.layers[1].spectra).toEqual(measured.layers[1].spectra);
  });

  it('says why there is no value where no spectrum was logged', () => {
    const spectra = measured.layers[0].spectra!;
    const gap = <T>(list: readonly T[] | null | undefined, none: T): T[] =>
      list!.map((entry, i) => (i === 1 ? none : entry));
    const holed = {
      centered: gap(spectra.centered, new Float64Array(0)),
      raw: gap(spectra.raw, new Float64Array(0)),
      complete: { centered: gap(spectra.complete?.centered, null), raw: gap(spectra.complete?.raw, null) },
    };
    const run = withMetrics(logged({ ...measured, layers: [{ ...measured.layers[0], spectra: holed }] }));
    const series = run.layers[0].series.get('stable_rank');
    expect(series?.values[1]).toBeNaN();
    expect(series?.undetermined).toEqual([{ index: 1, reason: 'no spectrum was logged' }]);
  });
});

describe('a run whose log holds metrics', () => {
  it('is left as it is, with or without spectra', () => {
    expect(withMetrics(measured)).toBe(measured);
    const curves = runOf({ id: 'x', steps: [0], layers: { a: { stable_rank: [1] } } });
    expect(withMetrics(curves)).toBe(curves);
  });
});

describe('a track that logs singular values', () => {
  it('has the metrics of weight matrices that its writer left out', () => {
    const spectra = [matrix(16, 40), matrix(16, 40)].map((weights) =>
      spectrumOf(weights, { centering: 'none' }),
    );
    const update = { metric: 'update', centering: null, origin: 'measured', undetermined: [] } as const;
    const track: Track = {
      id: 'weights',
      steps: Float64Array.of(0, 100),
      subjects: [
        {
          name: 'w',
          rows: 16,
          columns: 40,
          series: new Map([['update', { ...update, values: Float64Array.of(0.1, 0.2) }]]),
          singularValues: spectra.map(({ singularValues }) => singularValues),
        },
      ],
    };
    const [{ subjects }] = withMetrics(logged({ ...measured, tracks: [track] })).tracks!;
    expect([...subjects[0].series.keys()]).toEqual([...weightMetricNames, 'update']);
    spectra.forEach((spectrum, i) => {
      for (const [name, expected] of Object.entries(weightMetrics(spectrum))) {
        const found = subjects[0].series.get(name)?.values[i];
        expect(found, name).toBe(expected.determined ? expected.value : Number.NaN);
      }
    });
  });
});
