import { uniformByFanIn } from './initialize.ts';
import type { Parameter } from './model.ts';

/** A PyTorch `Linear` module by its name. */
export interface LinearModule {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
}

/** Its weight and bias, at PyTorch's default initialization. */
export function linearParameters({ name, inputs, outputs }: LinearModule): Parameter[] {
  const initial = uniformByFanIn(inputs);
  return [
    { name: `${name}.weight`, shape: [outputs, inputs], initial },
    { name: `${name}.bias`, shape: [outputs], initial },
  ];
}
