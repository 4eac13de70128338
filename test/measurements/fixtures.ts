import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { LineBytes } from '../../src/measurements/log/line-bytes.ts';
import { LogEncoder } from '../../src/measurements/log/log-encoder.ts';
import { sealRecord } from '../../src/measurements/log/record-seal.ts';
import { formatHeader, type RunHeader } from '../../src/measurements/run-header.ts';
import { formatEvaluation, formatStep, type StepRecord } from '../../src/measurements/step-record.ts';
import { type StudyManifest, seriesId } from '../../src/measurements/types.ts';
import { createRandom, type Random } from '../../src/numerics/random.ts';
import type { Spectrum } from '../../src/spectra/types.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-measurements-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A header with two layers and two series; spectra of both kinds unless told otherwise. */
export function sampleHeader(changes: Partial<RunHeader> = {}): RunHeader {
  const layer = { samples: 6, pooling: 'batch × units' };
  return {
    id: 'mlp_mnist-s1',
    architecture: 'mlp_tiny',
    family: 'mlp',
    dataset: 'mnist',
    classes: 10,
    seed: 1,
    hyperparameters: { optimizer: 'adam', learningRate: 0.001, shuffled: true },
    parameterCount: 1234,
    plannedSteps: 100,
    probe: { examples: [5, 3, 8], sha256: 'ab'.repeat(32) },
    layers: [
      { ...layer, name: 'network.0', kind: 'linear', depth: 0, features: 4 },
      { ...layer, name: 'network.2', kind: 'classifier', depth: 1, features: 3 },
    ],
    spectra: ['centered', 'raw'],
    series: [
      {
        id: seriesId('stable_rank', 'centered'),
        metric: 'stable_rank',
        centering: 'columns',
        origin: 'measured',
      },
      { id: seriesId('rank_90', 'raw'), metric: 'rank_90', centering: 'none', origin: 'measured' },
    ],
    ...changes,
  };
}

export function sampleStep(step: number, header: RunHeader, random: Random): StepRecord {
  return {
    step,
    loss: random.normal() ** 2,
    gradientNorm: random.normal() ** 2,
    layers: header.layers.map(({ samples, features }) => {
      const spectrum = (centering: Spectrum['centering']): Spectrum => ({
        singularValues: Float64Array.from(
          { length: Math.min(samples!, features!) },
          () => random.normal() ** 2,
        )
          .sort()
          .reverse(),
        samples: samples!,
        features: features!,
        centering,
        reliable: 2,
        rowFourthMoment: random.normal() ** 4,
      });
      return {
        centered: spectrum('columns'),
        raw: spectrum('none'),
        metrics: Object.fromEntries(
          header.series.map(({ id }) => [id, { determined: true, value: random.normal() }]),
        ),
      };
    }),
  };
}

/** The records of a run with measurements at steps 0, 5, 10, … and one evaluation, without an end. */
export function sampleRecords(header: RunHeader, measurements = 3): string[] {
  const random = createRandom('log');
  const steps = Array.from({ length: measurements }, (_, i) => sampleStep(5 * i, header, random));
  return [
    formatHeader(header),
    ...steps.flatMap((record) => formatStep(record, header)),
    formatEvaluation({
      step: 10,
      accuracy: 0.75,
      examples: 200,
      perClass: [0.5, null, 1, 1, 1, 1, 1, 1, 1, 1],
    }),
  ];
}

/** A record as a line of a log, without its end. */
export function sealedRecord(record: string, number: number, seed: number): string {
  const line = new LineBytes();
  line.text(record);
  sealRecord(line, 0, number, seed);
  return new TextDecoder().decode(line.from(0)).trimEnd();
}

/** A log of some records, numbered and sealed; with an end where a reason is given. */
export function sealedLog(
  records: readonly string[],
  reason?: string,
  lastStep: number | null = null,
): string {
  const encoder = new LogEncoder();
  for (const record of records) encoder.add(record);
  const lines = reason === undefined ? [encoder.taken()] : encoder.end(reason, lastStep).lines;
  return Buffer.concat(lines).toString();
}

/** The log of a run with measurements at steps 0, 5, 10, …, one evaluation and an end. */
export function sampleLog(header: RunHeader, measurements = 3): string {
  return sealedLog(sampleRecords(header, measurements), 'complete', 5 * (measurements - 1));
}

/** The same as version 1 wrote it, without numbers and checksums: what is changed in it is not noticed as such. */
export function plainLog(header: RunHeader, measurements = 3): string {
  return plainLines([
    ...sampleRecords(header, measurements),
    JSON.stringify({ end: { reason: 'complete', step: 5 * (measurements - 1) } }),
  ]);
}

/** Records as the lines of a log of version 1. */
export function plainLines([header, ...records]: readonly string[]): string {
  return [header.replace('"schemaVersion":2', '"schemaVersion":1'), ...records, ''].join('\n');
}

export function sampleManifest(runs: readonly string[] = ['mlp_mnist-s1']): StudyManifest {
  return {
    schemaVersion: 2,
    tool: { name: 'rankscope', version: '0.1.0' },
    title: 'A study',
    origin: 'trained',
    source: null,
    settings: { networks: ['mlp_tiny'], seeds: [1] },
    machine: { cores: 2 },
    runs,
    logs: {},
  };
}

/** One log of Neural Dimensionality Tracking, of a network with three layers, as an object to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: tests put wrong values in on purpose
export function ndtLog(measurements = 4): any {
  const metrics = (base: number) => ({
    stable_rank: 1 - 1e-12,
    participation_ratio: 4 * base,
    effective_rank_90: base,
    nuclear_norm_ratio: 4 * base,
  });
  return {
    // Alphabetical, as a writer that sorts keys leaves them: network.10 would come before network.2.
    architecture_params: {
      connectivity: 110.9,
      depth: 2,
      max_width: 128,
      min_width: 64,
      num_params: 109386,
      width: 96,
    },
    arch_name: 'mlp_shallow_2',
    dataset_name: 'mnist',
    elapsed_time: 100,
    final_accuracy: 0.9,
    measurement_interval: 5,
    measurements: Array.from({ length: measurements }, (_, i) => ({
      step: 5 * i,
      epoch: 1,
      loss: 2 - 0.1 * i,
      grad_norm: 1 + i,
      layer_metrics: { 'network.4': metrics(3), 'network.2': metrics(2), 'network.0': metrics(1) },
    })),
    num_steps: 5 * measurements,
  };
}
