import { describe, expect, it } from 'vitest';
import { plainNumbers } from '../../src/formats/plain-numbers.ts';
import { runBegun, runOnDemand } from '../../src/measurements/run-facts.ts';
import type { MetricSeries } from '../../src/measurements/types.ts';
import { sampleHeader } from './fixtures.ts';

const header = sampleHeader();
const ids = header.series.map(({ id }) => id);

function sampleRun() {
  let asked = 0;
  const measured = header.layers.map(
    (_, l) =>
      new Map(
        header.series.map(({ id, ...about }, s): [string, MetricSeries] => [
          id,
          { ...about, values: Float64Array.of(l, s), undetermined: [] },
        ]),
      ),
  );
  const series = () => {
    asked++;
    return measured;
  };
  const run = runOnDemand(runBegun(header), { series, spectra: () => [], tracks: () => [] });
  return { run, measured, asked: () => asked };
}

describe('a run whose series are asked for', () => {
  it('knows which series its layers have without asking', () => {
    const { run, asked } = sampleRun();
    for (const { series } of run.layers) {
      expect([series.size, [...series.keys()], series.has(ids[1]), series.has('none')]).toEqual([
        2,
        ids,
        true,
        false,
      ]);
      expect([...series.values()].map(({ metric }) => metric)).toEqual(['stable_rank', 'rank_90']);
      expect(series.get('none')).toBeUndefined();
    }
    expect(asked()).toBe(0);
  });

  it('asks for what a series holds when it is looked at, of its own layer', () => {
    const { run, asked } = sampleRun();
    expect(run.layers[1].series.get(ids[0])?.values).toEqual(Float64Array.of(1, 0));
    expect(asked()).toBe(1);
    const seen: unknown[] = [];
    run.layers[0].series.forEach(({ values }, id) => {
      seen.push([id, [...values]]);
    });
    expect(seen).toEqual([
      [ids[0], [0, 0]],
      [ids[1], [0, 1]],
    ]);
  });

  it('has the JSON of one that is in memory', () => {
    const { run, measured } = sampleRun();
    expect(JSON.stringify(plainNumbers(run.layers[1].series))).toBe(
      JSON.stringify(plainNumbers(measured[1])),
    );
  });
});
