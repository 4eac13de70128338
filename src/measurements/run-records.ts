import { InputError } from '../errors/input-error.ts';
import type { Determined } from '../spectra/types.ts';
import type { RunHeader, SeriesHeader, TrackHeader } from './run-header.ts';
import { spectrumAt } from './spectrum-at.ts';
import type { LayerRecord, StepRecord } from './step-record.ts';
import type { TrackRecord } from './track-record.ts';
import type { Layer, MetricSeries, Run, Track } from './types.ts';

/**
 * The header that a log of this run starts with.
 *
 * @throws InputError if the layers differ in their series: a log has every series for every layer.
 */
export function headerOf(run: Run): RunHeader {
  const { id, architecture, family, dataset, classes, seed, hyperparameters, parameterCount, plannedSteps } =
    run;
  const series = [...(run.layers[0]?.series ?? [])].flatMap(
    ([seriesId, { metric, centering, origin }]): SeriesHeader[] =>
      // What follows from the spectra is computed again where the log is read.
      origin === 'derived' ? [] : [{ id: seriesId, metric, centering, origin }],
  );
  for (const { name, series: all } of run.layers) {
    const own = new Map([...all].filter(([, { origin }]) => origin !== 'derived'));
    if (own.size !== series.length || !series.every((entry) => own.has(entry.id))) {
      throw new InputError({
        file: id,
        field: `layer ${name}`,
        allowed: 'the same series as every other layer',
      });
    }
  }
  return {
    id,
    architecture,
    family,
    dataset,
    classes,
    seed,
    hyperparameters,
    parameterCount,
    plannedSteps,
    probe: run.probe ?? null,
    layers: run.layers.map(({ name, kind, depth, samples, features, pooling }) => ({
      name,
      kind,
      depth,
      samples,
      features,
      pooling,
    })),
    spectra: (['centered', 'raw'] as const).filter((variant) =>
      run.layers.some(({ spectra }) => spectra?.complete?.[variant]),
    ),
    series,
    ...(run.tracks !== undefined && { tracks: run.tracks.map(trackHeader) }),
  };
}

function trackHeader({ id, subjects }: Track): TrackHeader {
  return {
    id,
    series: [...(subjects[0]?.series ?? [])].flatMap(([name, { origin }]) =>
      origin === 'derived' ? [] : [name],
    ),
    subjects: subjects.map(({ name, rows, columns }) => ({ name, rows, columns })),
    spectra: subjects[0]?.singularValues !== null,
  };
}

/** A run's measurements as the records that a log holds. */
export function* stepRecordsOf(run: Run): Generator<StepRecord> {
  const layerRecords = run.layers.map((layer) => layerRecordsOf(layer));
  for (let index = 0; index < run.steps.length; index++) {
    yield {
      step: run.steps[index],
      loss: run.loss[index],
      gradientNorm: run.gradientNorm[index],
      layers: layerRecords.map((recordAt) => recordAt(index)),
    };
  }
}

/** A run's track measurements as the records that a log holds, track by track. */
export function* trackRecordsOf({ tracks = [] }: Pick<Run, 'tracks'>): Generator<TrackRecord> {
  for (const { id, steps, subjects } of tracks) {
    const valuesAt = subjects.map(({ series }) => seriesAt(series));
    for (let index = 0; index < steps.length; index++) {
      yield {
        track: id,
        step: steps[index],
        subjects: subjects.map(({ singularValues }, i) => ({
          values: valuesAt[i](index),
          // An empty list stands for none.
          singularValues: singularValues?.[index].length ? singularValues[index] : null,
        })),
      };
    }
  }
}

function layerRecordsOf(layer: Layer): (index: number) => LayerRecord {
  const metricsAt = seriesAt(layer.series);
  return (index) => ({
    centered: spectrumAt(layer, 'centered', index),
    raw: spectrumAt(layer, 'raw', index),
    metrics: metricsAt(index),
  });
}

function seriesAt(
  series: ReadonlyMap<string, MetricSeries>,
): (index: number) => Readonly<Record<string, Determined>> {
  const prepared = [...series].map(([id, { values, undetermined }]) => ({
    id,
    values,
    reasons: new Map(undetermined.map(({ index, reason }) => [index, reason])),
  }));
  return (index) =>
    Object.fromEntries(
      prepared.map(({ id, values, reasons }): [string, Determined] => {
        const reason = reasons.get(index);
        return [
          id,
          reason === undefined ? { determined: true, value: values[index] } : { determined: false, reason },
        ];
      }),
    );
}
