import { expect, it } from 'vitest';
import { gradients } from '../../../src/autodiff/gradients.ts';
import { sum } from '../../../src/autodiff/operators/broadcasting.ts';
import { convolution } from '../../../src/autodiff/operators/convolution.ts';
import { maxPool, poolingCorners } from '../../../src/autodiff/operators/max-pooling.ts';
import { pooledConvolution } from '../../../src/autodiff/operators/pooled-convolution.ts';
import { transpose } from '../../../src/autodiff/operators/rearrangement.ts';
import { input } from '../../../src/autodiff/tensor.ts';
import { evaluate, randomValues, relativeError } from '../gradient-check.ts';

it.each([
  ['few channels', 3, { height: 4, width: 4 }],
  ['many channels', 16, { height: 4, width: 4 }],
  ['many channels and a row and a column that pooling drops', 16, { height: 5, width: 7 }],
])('equals the convolution, pooled, with %s', async (_, channels, grid) => {
  const shapes = [[channels, grid.height * grid.width, 2], [4, channels, 3, 3], [4]];
  const [x, w, b] = shapes.map((shape, i) => input(`x${i}`, shape));
  const { pooled, expected } = await evaluate([x, w, b], randomValues(shapes), {
    pooled: pooledConvolution(x, w, b, grid),
    expected: transpose(maxPool(convolution(x, w, b, grid, poolingCorners(grid))), [2, 0, 1]),
  });
  expect(relativeError(pooled, expected)).toBeLessThan(1e-14);
});

it('has a gradient of exactly 0 by weights that met nothing but zeros, of which Adam would make steps otherwise', async () => {
  const [channels, grid, batch] = [16, { height: 4, width: 4 }, 2];
  const shapes = [[channels, grid.height * grid.width, batch], [4, channels, 3, 3], [4]];
  const [x, w, b] = shapes.map((shape, i) => input(`x${i}`, shape));
  const values = randomValues(shapes);
  // The first channel is dark but for its upper row, which the lower row of a filter never reaches.
  values[0].fill(0, grid.width * batch, grid.width * grid.height * batch);
  const [dw] = gradients(sum(pooledConvolution(x, w, b, grid)), [w]);
  const gradient = (await evaluate([x, w, b], values, { dw })).dw;
  for (let output = 0; output < 4; output++) {
    const filter = gradient.subarray(output * channels * 9, output * channels * 9 + 9);
    expect([...filter.subarray(6)]).toEqual([0, 0, 0]);
    expect(Math.max(...filter.subarray(0, 6).map(Math.abs))).toBeGreaterThan(0.1);
  }
});
