import type { Run } from '../measurements/types.ts';
import type { CheckpointWindow } from '../planning/types.ts';
import type { Course } from './window-pairs.ts';

/**
 * Courses of a series that was logged at steps of its own: across a window it moved from the last measurement before to the first
 * after it, if these lie at most one and a half windows apart.
 *
 * @param track id of the track, e.g. `sharpness`; what is measured of the network as a whole belongs to every layer.
 */
export function trackCourses(runs: readonly Run[], track: string, series: string): Course[] {
  return runs.flatMap(({ id, tracks = [] }) =>
    tracks
      .filter((own) => own.id === track)
      .flatMap(({ steps, subjects }) =>
        subjects.flatMap(({ name, series: measured }) => {
          const values = measured.get(series)?.values;
          if (values === undefined) return [];
          return [
            {
              ...{ run: id, measure: series, subject: name },
              isOf: (layer: string) => name === 'network' || name === layer || name.startsWith(`${layer}.`),
              across: (window: CheckpointWindow) => movement(steps, values, window),
            },
          ];
        }),
      ),
  );
}

const MOST_WINDOWS = 1.5;

function movement(
  steps: Float64Array,
  values: Float64Array,
  { before, after }: CheckpointWindow,
): number | null {
  let [from, to] = [-1, -1];
  for (let i = 0; i < steps.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (steps[i] <= before) from = i;
    if (steps[i] >= after && to === -1) to = i;
  }
  if (from === -1 || to === -1) return null;
  // A measurement far outside tells of other things than the window.
  if (steps[to] - steps[from] > MOST_WINDOWS * (after - before)) return null;
  return values[to] - values[from];
}
