import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PutRecord, stepLines, trackLines } from '../../../src/measurements/log/column-lines.ts';
import { LineBytes } from '../../../src/measurements/log/line-bytes.ts';
import { headerOf, stepRecordsOf, trackRecordsOf } from '../../../src/measurements/run-records.ts';
import { formatStep } from '../../../src/measurements/step-record.ts';
import { formatTrack } from '../../../src/measurements/track-record.ts';
import type { MetricSeries, Run } from '../../../src/measurements/types.ts';

const value = fc.oneof(
  fc.double(),
  fc.integer({ min: -1e6, max: 1e6 }).map((digits) => digits / 1000),
  fc.constant(Number.NaN),
);
const reason = fc.oneof(fc.constant('not logged at this step'), fc.string());

function series(length: number): fc.Arbitrary<Omit<MetricSeries, 'metric'>> {
  return fc.record({
    centering: fc.constant(null),
    origin: fc.constant('logged' as const),
    values: fc.array(value, { minLength: length, maxLength: length }).map((all) => Float64Array.from(all)),
    // Also of values that are there, in any order and twice: what is said of them is said by all writers alike.
    undetermined: fc.array(fc.record({ index: fc.nat(length), reason }), { maxLength: 6 }),
  });
}

const names = ['stable_rank', 'rank_90.logged', 'x-1'];

/** A run without spectra, with tracks on its own steps. */
const runs: fc.Arbitrary<Run> = fc
  .record({
    length: fc.nat(6),
    layers: fc.integer({ min: 1, max: 3 }),
    metrics: fc.nat(3),
    subjects: fc.integer({ min: 1, max: 2 }),
  })
  .chain(({ length, layers, metrics, subjects }) => {
    const numbers = fc
      .array(value, { minLength: length, maxLength: length })
      .map((all) => Float64Array.from(all));
    const all = (count: number, spell: (name: string) => string) =>
      fc
        .tuple(...names.slice(0, count).map(() => series(length)))
        .map((own) => new Map(own.map((each, i) => [spell(names[i]), { ...each, metric: names[i] }])));
    const steps = Float64Array.from({ length }, (_, i) => 3 * i + 1);
    return fc
      .record({
        loss: numbers,
        gradientNorm: numbers,
        ofLayers: fc.array(
          all(metrics, (name) => name),
          { minLength: layers, maxLength: layers },
        ),
        ofSubjects: fc.array(
          all(metrics, (name) => name.replaceAll('.', '_')),
          {
            minLength: subjects,
            maxLength: subjects,
          },
        ),
      })
      .map(({ loss, gradientNorm, ofLayers, ofSubjects }) => ({
        id: 'run',
        architecture: 'mlp',
        family: 'mlp',
        dataset: 'digits',
        classes: null,
        seed: null,
        hyperparameters: {},
        parameterCount: null,
        plannedSteps: 100,
        layers: ofLayers.map((own, depth) => ({
          name: `layer.${depth}`,
          kind: 'linear',
          depth,
          samples: null,
          features: null,
          pooling: null,
          series: own,
          spectra: null,
        })),
        steps,
        loss,
        gradientNorm,
        evaluations: [],
        tracks: [
          {
            id: 'scalars',
            steps,
            subjects: ofSubjects.map((own, i) => ({
              name: `subject "${i}"`,
              rows: null,
              columns: null,
              series: own,
              singularValues: null,
            })),
          },
        ],
        complete: true,
        stopped: null,
      }));
  });

function lines(put: PutRecord, length: number): string[] {
  return Array.from({ length }, (_, index) => {
    const line = new LineBytes();
    put(line, index);
    return new TextDecoder().decode(line.from(0));
  });
}

describe('records that are written from columns', () => {
  it('are those that are written one by one', () => {
    fc.assert(
      fc.property(runs, (run) => {
        const header = headerOf(run);
        const steps = [...stepRecordsOf(run)].flatMap((record) => formatStep(record, header));
        expect(lines(stepLines(run, header), run.steps.length)).toEqual(steps);
        const tracks = [...trackRecordsOf(run)].map((record) => formatTrack(record, header));
        expect(lines(trackLines(run.tracks![0], header.tracks![0]), run.steps.length)).toEqual(tracks);
      }),
    );
  });

  it('are refused where a subject lacks a series', () => {
    const [run] = fc.sample(
      runs.filter(({ tracks }) => tracks![0].subjects[0].series.size > 0),
      1,
    );
    const [{ subjects, ...track }] = run.tracks!;
    const lacking = { ...track, subjects: [{ ...subjects[0], series: new Map() }] };
    expect(() => trackLines(lacking, headerOf(run).tracks![0])).toThrow(/subject "0" has no stable_rank/);
  });
});
