import type { Random } from '../numerics/random.ts';
import { fillFromModes } from './fill-from-modes.ts';
import type { Initialization, Parameter } from './parameter.ts';

/**
 * PyTorch's default for the weights and biases of Linear and Conv2d: `kaiming_uniform(a = √5)`, which is
 * uniform in ±1/√fan_in (torch.nn.Linear, torch.nn.Conv2d).
 */
export function uniformByFanIn(fanIn: number): Initialization {
  return { kind: 'uniform', bound: 1 / Math.sqrt(fanIn) };
}

/**
 * Fills parameters with their initial values.
 *
 * @param fill receives each parameter's buffer by name, and overwrites it.
 * @param random each parameter draws from a generator of its own name, so that equal parameters of two networks start equal.
 */
export function initialize(
  parameters: readonly Parameter[],
  buffers: ReadonlyMap<string, { readonly data: Float32Array }>,
  random: Random,
): void {
  for (const { name, shape, initial } of parameters) {
    const { data } = buffers.get(name)!;
    if (initial.kind === 'constant') {
      data.fill(initial.value);
    } else if (initial.kind === 'normal') {
      const rng = random.fork(name);
      const { sd = 1 } = initial;
      for (let i = 0; i < data.length; i++) data[i] = sd * rng.normal();
    } else if (initial.kind === 'modes') {
      fillFromModes(data, shape, initial, random);
    } else {
      const rng = random.fork(initial.sameAs ?? name);
      for (let i = 0; i < data.length; i++) data[i] = (2 * rng.uniform() - 1) * initial.bound;
    }
  }
}
