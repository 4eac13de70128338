import { type Correlation, correlationObstacle } from './correlation.ts';
import { mean } from './moments.ts';

/**
 * Pearson's product-moment correlation.
 *
 * @example
 * pearson([1, 2, 3], [2, 4, 6]); // { determined: true, value: 1 }
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  const obstacle = correlationObstacle(x, y);
  if (obstacle !== null) return { determined: false, reason: obstacle };
  const [xMean, yMean] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i] - xMean, y[i] - yMean];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const scale = Math.sqrt(xx) * Math.sqrt(yy);
  if (!(scale > 0)) return { determined: false, reason: 'the variation is too small to be represented' };
  return { determined: true, value: Math.max(-1, Math.min(1, xy / scale)) };
}
