import type { Detection } from '../../../src/dynamics/types.ts';
import type { AuditInput } from '../../../src/findings/audit/audit-study.ts';
import { auditStudy } from '../../../src/findings/audit/audit-study.ts';
import { type ClaimsFileInput, checkClaims } from '../../../src/findings/audit/claims-file.ts';
import type { Finding } from '../../../src/findings/finding.ts';
import { analyzeStudy, type StudyAnalysis } from '../../../src/findings/study-analysis.ts';
import type {
  Evaluation,
  Layer,
  LayerKind,
  NetworkFamily,
  Run,
  StudyManifest,
} from '../../../src/measurements/types.ts';
import { createRandom, type Random } from '../../../src/numerics/random.ts';

/** A layer of a planted run: its true course, to which noise of sd 1 is added. */
export interface PlantedLayer {
  readonly name?: string;
  readonly kind?: LayerKind;
  readonly features?: number;
  /** Level at a training step, before noise. */
  readonly level?: (step: number) => number;
  /** Steps of +12 sd at these training steps, on top of the level. */
  readonly jumps?: readonly number[];
  /** Size that the perfect detector gives these steps, to 10 %; default 12. */
  readonly jumpSize?: number;
  /** Standard deviation of the noise; default 1. */
  readonly noise?: number;
}

export interface PlantedRun {
  readonly family?: NetworkFamily;
  readonly architecture?: string;
  readonly dataset?: string;
  readonly layers: readonly PlantedLayer[];
  readonly loss?: (step: number, rng: Random) => number;
  readonly evaluations?: readonly Evaluation[];
  readonly epochs?: number;
}

const INTERVAL = 10;
const PLANNED = 2000;
export const plantedSteps = Float64Array.from({ length: PLANNED / INTERVAL }, (_, i) => i * INTERVAL);

/** Runs of 200 measurements over 2,000 steps, with the truth put in; each an architecture of its own by default. */
export function plantedRuns(planted: readonly PlantedRun[], seed = 1): Run[] {
  const random = createRandom(seed);
  return planted.map((run, r): Run => {
    const rng = random.fork(r);
    return {
      id: `run-${r}`,
      architecture: run.architecture ?? `net-${r}`,
      family: run.family ?? 'mlp',
      dataset: run.dataset ?? 'digits',
      classes: 10,
      seed: r,
      hyperparameters: run.epochs === undefined ? {} : { epochs: run.epochs },
      parameterCount: null,
      plannedSteps: PLANNED,
      layers: run.layers.map((layer, depth) => {
        const {
          name = `layer.${depth}`,
          kind = 'linear',
          features = 32,
          level = () => 100,
          jumps = [],
          noise = 1,
        } = layer;
        const values = plantedSteps.map(
          (step) => level(step) + 12 * jumps.filter((at) => step >= at).length + noise * rng.normal(),
        );
        const series = {
          metric: 'm',
          centering: null,
          origin: 'measured',
          values,
          undetermined: [],
        } as const;
        const made: Layer = {
          name,
          kind,
          depth,
          samples: 100,
          features,
          pooling: null,
          series: new Map([['m', series]]),
          spectra: null,
        };
        plantedJumps.set(made, { steps: jumps, size: layer.jumpSize ?? 12 });
        return made;
      }),
      steps: plantedSteps,
      loss: plantedSteps.map((step) => run.loss?.(step, rng) ?? 2.3 + 0.1 * rng.normal()),
      gradientNorm: plantedSteps.map(() => 1),
      evaluations: run.evaluations ?? [],
      complete: true,
      stopped: null,
    };
  });
}

export const manifestOf = (runs: readonly Run[]): StudyManifest => ({
  schemaVersion: 1,
  tool: { name: 'test', version: '0' },
  title: 'planted',
  origin: 'trained',
  source: null,
  settings: {},
  machine: {},
  runs: runs.map(({ id }) => id),
});

/** Steps that were planted in a layer. */
const plantedJumps = new WeakMap<Layer, { readonly steps: readonly number[]; readonly size: number }>();

/**
 * The analysis of planted runs by a detector that knows the truth, so that what is tested is the audit and not how well
 * a detector finds things. Layers without noise are not testable.
 */
export function perfectAnalysis(runs: readonly Run[]): StudyAnalysis {
  const analysis = analyzeStudy(runs, { detector: 'published-z' });
  return {
    ...analysis,
    runs: analysis.runs.map((dynamics, r) => ({
      ...dynamics,
      layers: dynamics.layers.map((layer, l) => ({
        ...layer,
        detection: perfectDetection(runs[r].layers[l], createRandom(`${runs[r].id} ${l}`)),
      })),
    })),
  };
}

function perfectDetection(layer: Layer, rng: Random): Detection {
  const values = layer.series.get('m')?.values ?? new Float64Array();
  if (values.every((value) => value === values[0])) return { testable: false, reason: 'constant' };
  const planted = plantedJumps.get(layer) ?? { steps: [], size: 1 };
  const changes = planted.steps.map((step) => ({
    index: step / INTERVAL,
    step,
    interval: [step - INTERVAL, step] as const,
    kind: 'level' as const,
    direction: 'increase' as const,
    effect: 12,
    magnitude: planted.size * 1.1 ** rng.normal(),
    pValue: 0.001,
  }));
  return { testable: true, changes };
}

/** The finding for one claim about planted runs. */
export function findingFor(
  claim: Readonly<Record<string, unknown>>,
  runs: readonly Run[],
  more: Partial<AuditInput> & Partial<Omit<ClaimsFileInput, 'claims'>> = {},
): Finding {
  const { dependentDatasets = [], asPublished = null, ...input } = more;
  const claims = checkClaims(
    { title: 'test', dependentDatasets, asPublished, claims: [{ id: 'c', claim: 'As claimed.', ...claim }] },
    'claims',
  );
  const { findings } = auditStudy({
    manifest: manifestOf(runs),
    runs,
    claims,
    analysis: perfectAnalysis(runs),
    resamples: 500,
    ...input,
  });
  return findings[0];
}

/** `count` values of a function of the position. */
export function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
