import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRun } from '../../../src/measurements/log-store.ts';
import type { RunHeader } from '../../../src/measurements/run-header.ts';
import { createStudy } from '../../../src/measurements/study-store.ts';
import type { StudyManifest } from '../../../src/measurements/types.ts';
import type { Spectrum } from '../../../src/spectra/types.ts';

const header: RunHeader = {
  id: 'mlp-s1',
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
    { name: 'network.0', kind: 'linear', depth: 0, samples: 6, features: 4, pooling: null },
    { name: 'network.2', kind: 'classifier', depth: 1, samples: 6, features: 3, pooling: 'batch × units' },
  ],
  spectra: ['centered', 'raw'],
  series: [
    { id: 'stable_rank', metric: 'stable_rank', centering: 'columns', origin: 'measured' },
    { id: 'rank_90.raw', metric: 'rank_90', centering: 'none', origin: 'measured' },
  ],
  tracks: [
    {
      id: 'weights',
      series: ['stable_rank', 'update'],
      subjects: [{ name: 'network.0.weight', rows: 4, columns: 3 }],
      spectra: true,
    },
    {
      id: 'sharpness',
      series: ['sharpness'],
      subjects: [{ name: 'network', rows: null, columns: null }],
      spectra: false,
    },
  ],
};

const manifest: StudyManifest = {
  schemaVersion: 1,
  tool: { name: 'rankscope', version: '0.1.0' },
  title: 'A study',
  origin: 'trained',
  source: null,
  settings: { networks: ['mlp_tiny'], seeds: [1] },
  machine: { cores: 2, processor: 'any' },
  runs: ['mlp-s1'],
};

/** A small study in a folder, with one run of everything that a log may hold. */
export function writeSampleStudy(folder: string): void {
  createStudy(folder, manifest);
  const log = openRun(folder, header);
  const determined = (value: number) => ({ determined: true, value }) as const;
  const spectrum = (samples: number, features: number, centering: Spectrum['centering']): Spectrum => ({
    singularValues: Float64Array.from({ length: Math.min(samples, features) }, (_, i) => 4 / (i + 1)),
    samples,
    features,
    centering,
    reliable: 2,
    rowFourthMoment: 1.5,
  });
  for (const step of [0, 5, 10]) {
    log.writeStep({
      step,
      loss: 2.3 / (step + 1),
      gradientNorm: step === 5 ? Number.NaN : 1,
      layers: header.layers.map(({ samples, features }) => ({
        centered: spectrum(samples!, features!, 'columns'),
        raw: spectrum(samples!, features!, 'none'),
        metrics: {
          stable_rank: determined(1.5 + step),
          'rank_90.raw': { determined: false, reason: 'too few' },
        },
      })),
    });
    log.writeTrack({
      track: 'weights',
      step,
      subjects: [
        {
          values: { stable_rank: determined(2), update: determined(0.1) },
          singularValues: Float64Array.of(3, 2, 1),
        },
      ],
    });
  }
  log.writeTrack({
    track: 'sharpness',
    step: 0,
    subjects: [{ values: { sharpness: { determined: false, reason: 'not found' } } }],
  });
  const perClass = [0.5, null, 1, null, null, null, null, null, null, null];
  log.writeEvaluation({ step: 10, accuracy: 0.75, examples: 200, perClass });
  log.end('complete');
}

/** The log and the manifest of that study. */
export function studyFileBytes(): { log: Uint8Array; manifest: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-fuzz-'));
  try {
    writeSampleStudy(folder);
    return {
      log: new Uint8Array(readFileSync(join(folder, 'runs', 'mlp-s1.jsonl'))),
      manifest: new Uint8Array(readFileSync(join(folder, 'manifest.json'))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
