import type { LearningCoefficient } from '../landscape/local-learning-coefficient.ts';
import type { Estimate } from '../landscape/mean-with-error.ts';
import type { Quadrature, SpectralDensity } from '../landscape/spectral-density.ts';
import type { TopEigenvalues } from '../landscape/top-eigenvalues.ts';
import { determined, undetermined } from '../spectra/determined.ts';
import type { Determined } from '../spectra/types.ts';
import {
  type CheckpointLandscape,
  checkpointLandscapes,
  type LandscapeOptions,
} from '../study/checkpoint-landscape.ts';
import { spectrumSummary } from '../study/spectrum-summary.ts';
import { lastOpened, runsWithCheckpoints } from './trained-runs.ts';

/** One number about the loss around one checkpoint. */
export interface LandscapeValue {
  readonly run: string;
  readonly step: number;
  readonly measure: string;
  readonly value: Determined;
  /** Null where the number is not drawn at random, or its error is not known. */
  readonly standardError: number | null;
  /** What speaks against the number, in words; empty where nothing does. */
  readonly remark: string;
}

/** The loss around the checkpoints of a study. */
export interface StudyLandscape {
  readonly values: readonly LandscapeValue[];
  /** The spectrum of each Hessian as each probe saw it. */
  readonly spectra: readonly {
    readonly run: string;
    readonly step: number;
    readonly probes: readonly Quadrature[];
  }[];
  /** The loss along each chain of the learning coefficient, burn-in first. */
  readonly chains: readonly {
    readonly run: string;
    readonly step: number;
    readonly losses: readonly Float64Array[];
  }[];
  /** Runs without a checkpoint, which are left out. */
  readonly without: readonly string[];
}

export interface StudyLandscapeOptions extends LandscapeOptions {
  /** Names of runs; all that have checkpoints if absent. */
  readonly runs?: readonly string[];
  /** Called after each checkpoint. */
  readonly onCheckpoint?: (done: number, total: number, run: string) => void;
}

/**
 * Measures the loss around every checkpoint of a study that was trained here: the largest eigenvalues of its Hessian, its whole
 * spectrum with the trace, the local learning coefficient.
 *
 * @throws InputError if the study was not trained here, has no checkpoint, or one is damaged.
 * @example
 * const study = {
 *   architectures: [{ name: 'mine', family: 'mlp', hidden: [8] }],
 *   datasets: ['drawn_digits'],
 *   training: { steps: 3, examples: 40 },
 *   measurement: { samples: 20 },
 *   evaluation: { examples: 20 },
 *   checkpoints: { at: [2] },
 * };
 * await trainStudy(study, 'trained-with-checkpoints', { workers: 1 });
 * const { values } = await measureLandscape('trained-with-checkpoints', { measures: ['eigenvalues'], eigenvalues: 1 });
 * values.map(({ measure }) => measure); // ['loss', 'sharpness']
 */
export async function measureLandscape(
  directory: string,
  options: StudyLandscapeOptions = {},
): Promise<StudyLandscape> {
  const runs = runsWithCheckpoints(directory, options.runs);
  const total = runs.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  const datasetOf = lastOpened();
  const found: { run: string; landscape: CheckpointLandscape }[] = [];
  for (const { plan, checkpoints } of runs) {
    if (checkpoints === 0) continue;
    for await (const landscape of checkpointLandscapes(directory, plan, datasetOf(plan), options)) {
      found.push({ run: plan.id, landscape });
      options.onCheckpoint?.(found.length, total, plan.id);
    }
  }
  return {
    values: found.flatMap(({ run, landscape }) =>
      valuesOf(landscape).map((value) => ({ run, step: landscape.step, ...value })),
    ),
    spectra: found.flatMap(({ run, landscape: { step, spectrum } }) =>
      spectrum?.determined ? [{ run, step, probes: spectrum.probes }] : [],
    ),
    chains: found.flatMap(({ run, landscape: { step, learningCoefficient: found } }) =>
      found?.determined ? [{ run, step, losses: found.losses }] : [],
    ),
    without: runs.filter(({ checkpoints }) => checkpoints === 0).map(({ plan }) => plan.id),
  };
}

type Value = Omit<LandscapeValue, 'run' | 'step'>;

function valuesOf({ loss, eigenvalues, spectrum, learningCoefficient }: CheckpointLandscape): Value[] {
  return [
    exact('loss', loss),
    ...(eigenvalues === null ? [] : ofEigenvalues(eigenvalues)),
    ...(spectrum === null ? [] : ofSpectrum(spectrum)),
    ...(learningCoefficient === null ? [] : ofLearningCoefficient(learningCoefficient)),
  ];
}

function ofEigenvalues(top: TopEigenvalues): Value[] {
  if (!top.determined) return [missing('sharpness', top.reason)];
  const remark = top.converged ? '' : `a lower bound: ${top.products} products were not enough`;
  return Array.from(top.eigenvalues, (value, k) => ({
    ...exact(k === 0 ? 'sharpness' : `eigenvalue_${k + 1}`, value),
    remark,
  }));
}

function ofSpectrum(spectrum: SpectralDensity): Value[] {
  if (!spectrum.determined) return [missing('trace', spectrum.reason)];
  return Object.entries(spectrumSummary(spectrum)).map(([name, entry]: [string, number | Estimate]) =>
    typeof entry === 'number' ? exact(name, entry) : estimated(name, entry),
  );
}

function ofLearningCoefficient(found: LearningCoefficient): Value[] {
  const name = 'learning_coefficient';
  if (!found.determined) return [missing(name, found.reason)];
  const { coefficient, gelmanRubin, inflation, warnings } = found;
  return [
    { ...estimated(name, coefficient), remark: warnings.join('; ') },
    gelmanRubin === null ? missing(`${name}_r_hat`, 'no draw moved') : exact(`${name}_r_hat`, gelmanRubin),
    inflation === null
      ? missing(`${name}_inflation`, 'the loss does not hold the chains')
      : exact(`${name}_inflation`, inflation),
  ];
}

function exact(measure: string, value: number): Value {
  return { measure, value: determined(value), standardError: null, remark: '' };
}

function estimated(measure: string, { value, standardError }: Estimate): Value {
  return { measure, value: determined(value), standardError, remark: '' };
}

function missing(measure: string, reason: string): Value {
  return { measure, value: undetermined(reason), standardError: null, remark: '' };
}
