import { expect, it } from 'vitest';
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
