/** `real` becomes float32 or float64 when the graph is encoded. */
export type ElementType = 'real' | 'index' | 'boolean';

/** An ONNX attribute with its type spelled out, because JavaScript cannot tell 1 from 1.0. */
export type Attribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number };

/**
 * One value of a computation that has yet to run: its shape, and the node that makes it.
 * A graph is the set of nodes that can be reached from its outputs; nothing else holds it.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly source: Node | Input | Constant;
}

/** A tensor handed in at every run. */
export interface Input {
  readonly kind: 'input';
  readonly name: string;
}

/** A tensor fixed when the graph is built. */
export interface Constant {
  readonly kind: 'constant';
  readonly values: Float64Array | Int32Array;
}

/** One ONNX operator applied to tensors. */
export interface Node {
  readonly kind: 'node';
  readonly operator: string;
  readonly inputs: readonly Tensor[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly outputs: readonly Tensor[];
  readonly gradient: GradientRule;
  /** Tensors that the operator does not read, but by which its rule gives gradients, after those by its inputs. */
  readonly gradientOnly?: readonly Tensor[];
  /** For operators that the runtime has, or has exactly, in float32 only: the same outputs from operators of float64. */
  readonly inFloat64?: (inputs: readonly Tensor[]) => readonly Tensor[];
}

/**
 * From the gradient of the loss by each output (null: the loss does not depend on it) to its gradient by each input
 * (null: none flows there). Rules may build more than is asked for; what no output needs is never encoded.
 */
export type GradientRule = (outputGradients: readonly (Tensor | null)[]) => readonly (Tensor | null)[];

/** A named input of the graph. */
export function input(name: string, shape: readonly number[]): Tensor {
  return { shape, type: 'real', source: { kind: 'input', name } };
}

/** A constant of real numbers; a single number makes a scalar. */
export function constant(values: number | Float64Array, shape: readonly number[] = []): Tensor {
  const data = typeof values === 'number' ? Float64Array.of(values) : values;
  assertSize(data.length, shape);
  return { shape, type: 'real', source: { kind: 'constant', values: data } };
}

/** A constant of integers: axes, sizes, row numbers. */
export function indices(values: readonly number[] | Int32Array, shape: readonly number[]): Tensor {
  assertSize(values.length, shape);
  return { shape, type: 'index', source: { kind: 'constant', values: Int32Array.from(values) } };
}

/** Applies an operator that has one output. */
export function operation(
  operator: string,
  inputs: readonly Tensor[],
  shape: readonly number[],
  gradient: (outputGradient: Tensor) => readonly (Tensor | null)[],
  attributes: Readonly<Record<string, Attribute>> = {},
  type: ElementType = 'real',
): Tensor {
  const rule: GradientRule = ([outputGradient]) => gradient(outputGradient as Tensor);
  return operations(operator, inputs, [shape], rule, attributes, type)[0];
}

/** Applies an operator that the runtime has in float32 only; a graph in float64 computes `inFloat64` of its inputs instead. */
export function float32Operation(
  operator: string,
  inputs: readonly Tensor[],
  shape: readonly number[],
  gradient: (outputGradient: Tensor) => readonly (Tensor | null)[],
  attributes: Readonly<Record<string, Attribute>>,
  inFloat64: (inputs: readonly Tensor[]) => Tensor,
): Tensor {
  const rule: GradientRule = ([outputGradient]) => gradient(outputGradient as Tensor);
  const replacement = (given: readonly Tensor[]): Tensor[] => [inFloat64(given)];
  return operations(operator, inputs, [shape], rule, attributes, 'real', replacement)[0];
}

/** Applies an operator that has several outputs, all of one type. */
export function operations(
  operator: string,
  inputs: readonly Tensor[],
  shapes: readonly (readonly number[])[],
  gradient: GradientRule,
  attributes: Readonly<Record<string, Attribute>> = {},
  type: ElementType = 'real',
  inFloat64?: Node['inFloat64'],
): readonly Tensor[] {
  const outputs: Tensor[] = [];
  const node: Node = { kind: 'node', operator, inputs, attributes, outputs, gradient, inFloat64 };
  for (const shape of shapes) outputs.push({ shape, type, source: node });
  return outputs;
}

/**
 * All outputs of one node, with a gradient rule of one's own by further tensors: for derivatives that are better taken
 * than followed back through the steps of the computation. What is computed stays the same.
 *
 * @param by tensors that the outputs depend on along a way that is closed by `withoutGradientBy`.
 * @param rule from the gradients by the outputs to those by these tensors.
 */
export function withGradientBy(
  outputs: readonly Tensor[],
  by: readonly Tensor[],
  rule: GradientRule,
): readonly Tensor[] {
  const source = outputs[0].source as Node;
  const gradient: GradientRule = (received) => {
    const own = source.gradient(received);
    const known = [...source.inputs, ...(source.gradientOnly ?? [])];
    return [...known.map((_, i) => own[i] ?? null), ...rule(received)];
  };
  return rebuilt(outputs, { ...source, gradientOnly: [...(source.gradientOnly ?? []), ...by], gradient });
}

/**
 * The same tensor, whose rule gives no gradient by one of its inputs. The input itself stays open: where another rule uses it
 * to compute a gradient, that gradient depends on it, and a second derivative is followed back through it.
 */
export function withoutGradientBy(y: Tensor, closed: Tensor): Tensor {
  const source = y.source as Node;
  const gradient: GradientRule = (received) =>
    source.gradient(received).map((own, i) => (source.inputs[i] === closed ? null : own));
  return rebuilt([y], { ...source, gradient })[0];
}

function rebuilt(outputs: readonly Tensor[], node: Node): readonly Tensor[] {
  const own: Tensor[] = [];
  const source = { ...node, outputs: own };
  for (const output of outputs) own.push({ ...output, source });
  return own;
}

/** The rule of operators whose outputs do not change where their inputs change a little: their derivative is 0. */
export const noGradient = (): readonly null[] => [];

/** The rule of operators that stand in for others once all derivatives have been taken. */
export const neverDifferentiated = (): never => {
  throw new Error('an operator that replaces another in the encoded graph has no gradient of its own');
};

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

function assertSize(length: number, shape: readonly number[]): void {
  if (length !== sizeOf(shape)) throw new RangeError(`${length} values do not fill the shape [${shape}]`);
}
