import type { Random } from '../../numerics/random.ts';
import { randomOrthogonal } from '../../numerics/random-orthogonal.ts';
import type { SyntheticKind } from './types.ts';

/** A linear map to be learned, of which everything is known. */
export interface LinearTeacher {
  readonly kind: 'linear_teacher';
  readonly inputs: number;
  readonly outputs: number;
  /** Of the map, one for each of its modes; the rest are 0. At most as many as the smaller of inputs and outputs. */
  readonly singularValues: readonly number[];
  /** How often every input stands in an example, one copy after the other: one for each path of a network with several. */
  readonly copies: number;
}

/** The map U diag(s) Vᵀ, by its singular vectors. */
export interface TeacherModes {
  /** U, `[outputs, outputs]` row by row; column k belongs to mode k. */
  readonly left: Float64Array;
  /** V, `[inputs, inputs]` row by row; column k belongs to mode k. */
  readonly right: Float64Array;
  readonly singularValues: readonly number[];
}

/** The modes of a teacher: its singular vectors are random, uniformly distributed. */
export function teacherModes(
  { inputs, outputs, singularValues }: LinearTeacher,
  random: Random,
): TeacherModes {
  return {
    left: randomOrthogonal(outputs, random.fork('left')),
    right: randomOrthogonal(inputs, random.fork('right')),
    singularValues,
  };
}

/**
 * Examples of a linear teacher: ±√n along each of the n input axes. Their mean is 0 and their covariance the identity,
 * exactly, so that half the mean squared error is ½‖Σ − W‖² plus nothing (Saxe, McClelland & Ganguli 2013, for whitened
 * inputs), and to center them changes nothing.
 */
export const linearTeacher: SyntheticKind<LinearTeacher> = {
  shape: ({ inputs, outputs, copies }) => ({
    exampleShape: [copies * inputs],
    classes: outputs,
    count: 2 * inputs,
    vocabulary: null,
    labelsPerExample: 1,
    isRegression: true,
  }),
  draw: (description, random) => {
    const { inputs: n, outputs, copies } = description;
    const { left, right, singularValues } = teacherModes(description, random);
    const count = 2 * n;
    const length = Math.sqrt(n);
    const inputs = new Float32Array(count * copies * n);
    const targets = new Float32Array(count * outputs);
    for (let row = 0; row < count; row++) {
      const axis = row % n;
      const value = row < n ? length : -length;
      for (let copy = 0; copy < copies; copy++) inputs[(row * copies + copy) * n + axis] = value;
      for (let output = 0; output < outputs; output++) {
        let response = 0;
        singularValues.forEach((s, k) => {
          response += left[output * outputs + k] * s * right[axis * n + k];
        });
        targets[row * outputs + output] = value * response;
      }
    }
    return {
      ...{ inputs, targets, labels: new Uint8Array(count), exampleShape: [copies * n] },
      ...{ classes: outputs, count },
    };
  },
};
