import { createRandom } from '../../src/numerics/random.ts';
import { PLANNED_EXPERIMENTS } from '../../src/published/checkpoint-plan.ts';
import type { LoggedRun } from '../../src/published/logged-run.ts';

/** A run whose layers are noise about 1 with one large step. */
export function syntheticRun(name: string, layers: readonly string[], length = 400): LoggedRun {
  const random = createRandom(name);
  const noise = (): Float64Array => {
    const stepAt = random.integer(length);
    return Float64Array.from({ length }, (_, i) => 1 + 1e-12 * random.normal() + (i > stepAt ? 1e-11 : 0));
  };
  return {
    name,
    archName: name.replace(/_[^_]*$/, ''),
    datasetName: 'mnist',
    plannedSteps: 2000,
    loss: Float64Array.from({ length }, (_, i) => 2.3 / (1 + i / 20) + 0.1 * random.uniform()),
    stableRank: new Map(layers.map((layer) => [layer, noise()])),
  };
}

/** The three runs that the second phase needs. */
export function syntheticStudy(): LoggedRun[] {
  const layers = [
    ['input_proj', 'transformer.layers.0.linear1', 'transformer.layers.0.linear2', 'fc'],
    ['conv_layers.0', 'conv_layers.3', 'fc'],
    ['network.0', 'network.2', 'network.4'],
  ];
  return PLANNED_EXPERIMENTS.map((name, i) => syntheticRun(name, layers[i]));
}
