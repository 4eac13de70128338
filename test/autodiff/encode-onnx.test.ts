import { describe, expect, it } from 'vitest';
import { encodeOnnx } from '../../src/autodiff/encode-onnx.ts';
import { ModelProto } from '../../src/autodiff/onnx-schema.ts';
import { add, multiply, relu } from '../../src/autodiff/operators/elementwise.ts';
import { constant, input } from '../../src/autodiff/tensor.ts';
import { evaluate } from './gradient-check.ts';

const x = input('x0', [2, 2]);
const values = [Float64Array.of(-1, 2, -3, 4)];

describe('a graph as ONNX', () => {
  it('names inputs and outputs as asked and keeps only what the outputs need', () => {
    const y = relu(x);
    add(y, y); // used by nobody
    const { graph } = ModelProto.toObject(ModelProto.decode(encodeOnnx([x], new Map([['y', y]]))));
    expect(graph.node.map(({ opType }: { opType: string }) => opType)).toEqual(['Relu']);
    expect(graph.node[0]).toMatchObject({ input: ['x0'], output: ['y'] });
  });

  it('gives the same bytes for the same graph', () => {
    const build = () => encodeOnnx([x], new Map([['y', add(relu(x), constant(2))]]));
    expect(build()).toEqual(build());
  });

  it('can return an input, a constant, and one tensor under two names', async () => {
    const y = relu(x);
    const outputs = { y, again: y, same: x, two: constant(2) };
    expect(await evaluate([x], values, outputs)).toEqual({
      y: Float64Array.of(0, 2, 0, 4),
      again: Float64Array.of(0, 2, 0, 4),
      same: values[0],
      two: Float64Array.of(2),
    });
  });

  it('computes a tensor used twice once', () => {
    const y = relu(x);
    const { graph } = ModelProto.toObject(
      ModelProto.decode(encodeOnnx([x], new Map([['z', multiply(y, y)]]))),
    );
    expect(graph.node).toHaveLength(2);
  });

  it('refuses an input that is not declared', () => {
    expect(() => encodeOnnx([], new Map([['y', relu(x)]]))).toThrow('x0 is not declared');
  });
});
