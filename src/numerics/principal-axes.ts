import type { Points } from './points.ts';

const MAX_SWEEPS = 50;

/**
 * Points in coordinates along the principal axes of their cloud, centered: a rotation, so distances stay. The axes are
 * the eigenvectors of the covariance, by cyclic Jacobi rotations (Golub & Van Loan, Matrix Computations, § 8.5);
 * meant for a few dimensions.
 *
 * @param points at least one.
 * @returns points with uncorrelated coordinates, in no particular order of variance.
 */
export function alongPrincipalAxes(points: Points): Points {
  const { count, dimensions: d } = points;
  const data = points.data.slice();
  for (let j = 0; j < d; j++) {
    let center = 0;
    for (let i = 0; i < count; i++) center += data[i * d + j] / count;
    for (let i = 0; i < count; i++) data[i * d + j] -= center;
  }
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < d; p++)
      for (let q = p + 1; q < d; q++) turned = decorrelate(data, count, d, p, q) || turned;
    if (!turned) break;
  }
  return { data, count, dimensions: d };
}

/** Turns coordinates p and q against each other until they are uncorrelated; false where they already were. */
function decorrelate(data: Float64Array, count: number, d: number, p: number, q: number): boolean {
  let [pp, qq, pq] = [0, 0, 0];
  for (let i = 0; i < data.length; i += d) {
    pp += data[i + p] * data[i + p];
    qq += data[i + q] * data[i + q];
    pq += data[i + p] * data[i + q];
  }
  if (Math.abs(pq) <= count * Number.EPSILON * Math.sqrt(pp * qq)) return false;
  const angle = Math.atan2(2 * pq, pp - qq) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < data.length; i += d) {
    const [x, y] = [data[i + p], data[i + q]];
    data[i + p] = cos * x + sin * y;
    data[i + q] = cos * y - sin * x;
  }
  return true;
}
