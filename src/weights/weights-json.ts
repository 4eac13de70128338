import { records } from '../tables/table.ts';
import { type ExaminedCheckpoint, weightsTable } from './weights-table.ts';

/** Everything that was measured, for programs: the table's columns, and the singular values of every matrix. */
export function weightsJson(checkpoints: readonly ExaminedCheckpoint[]) {
  return {
    checkpoints: checkpoints.map((examined) => {
      const { checkpoint, step, matrices, tied, skipped } = examined;
      const rows = [...records(weightsTable([examined]))];
      return {
        checkpoint,
        step,
        matrices: rows.map((row, i) => ({
          ...row,
          singular_values: finite(matrices[i].spectrum.singularValues),
        })),
        tied,
        skipped: Object.fromEntries(skipped),
      };
    }),
  };
}

/** JSON has no NaN: a spectrum that could not be taken is null. */
function finite(values: Float64Array): number[] | null {
  return values.every(Number.isFinite) ? Array.from(values) : null;
}
