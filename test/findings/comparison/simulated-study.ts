import type { ComparedSide } from '../../../src/findings/comparison/compare-studies.ts';
import type { Layer, Run } from '../../../src/measurements/types.ts';
import type { Random } from '../../../src/numerics/random.ts';

/** How a made study differs from another on purpose. */
export interface Plan {
  readonly seeds: number;
  readonly layers: number;
  /** Added to what every layer ends with. */
  readonly shift?: number;
  /** Training step around which layers fall; of a seed within some tens of it. */
  readonly fallAt?: number;
}

const count = 120;
const steps = Float64Array.from({ length: count }, (_, i) => 10 * i);

/**
 * A study whose runs differ in the seed: layers fall by about 6 dimensions around some step, each seed by as much and when it likes, then wander a
 * little; loss and accuracy differ from seed to seed as well.
 */
export function simulatedStudy(
  title: string,
  { seeds, layers, shift = 0, fallAt = 400 }: Plan,
  random: Random,
): ComparedSide {
  const runs = Array.from({ length: seeds }, (_, seed): Run => {
    const skill = random.normal();
    return {
      ...{ id: `net_seed${seed}`, architecture: 'net', family: 'mlp', dataset: 'made', classes: 10, seed },
      ...{ hyperparameters: { learningRate: 0.001 }, parameterCount: 100, plannedSteps: 10 * count },
      ...{ complete: true, stopped: null },
      layers: Array.from({ length: layers }, (_, depth) => layer(depth, shift, fallAt, random)),
      steps,
      loss: steps.map((step) => Math.exp(0.1 * skill - step / 600 + 0.05 * random.normal())),
      gradientNorm: new Float64Array(count).fill(1),
      evaluations: [{ step: 1190, accuracy: Math.round(900 + 10 * random.normal()) / 1000, examples: 1000 }],
    };
  });
  return { title, runs };
}

function layer(depth: number, shift: number, fallAt: number, random: Random): Layer {
  const end = 4 + shift + 0.3 * random.normal();
  const start = 10 + 0.3 * random.normal();
  const half = fallAt + 20 * random.normal();
  const width = 30 * Math.exp(0.3 * random.normal());
  let walk = 0;
  const values = steps.map((step) => {
    walk += 0.02 * random.normal();
    return end + (start - end) / (1 + Math.exp((step - half) / width)) + walk + 0.1 * random.normal();
  });
  return {
    ...{
      name: `layer.${depth}`,
      kind: 'linear',
      depth,
      samples: 100,
      features: 32,
      pooling: null,
      spectra: null,
    },
    series: new Map([
      [
        'stable_rank',
        { metric: 'stable_rank', centering: 'columns', origin: 'measured', values, undetermined: [] },
      ],
    ]),
  };
}
