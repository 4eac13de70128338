import type { DetectorUnderTest } from '../validity/harness/types.ts';
import { scoreDetector } from '../validity/turing-change-points/score-detector.ts';
import { stretchChanges, withJumps } from '../validity/turing-change-points/stretch-changes.ts';
import { readTuringChangePoints } from './read-turing-change-points.ts';
import type { ComparedScores } from './turing-scores-table.ts';
import { writeFiles } from './write-files.ts';

/** The scores of a detector with what it was asked; beside it those of stretches, and of both together. */
export interface TuringReport extends ComparedScores {
  readonly detector: string;
  readonly alpha: number;
}

/**
 * Scores a detector on a folder of annotated series, stretches instead of it, and both together.
 *
 * @param out folder for the report, if wanted.
 * @throws InputError where the folder is not one in the data set's layout.
 */
export function scoreOnTuringData(
  detector: string,
  detect: DetectorUnderTest,
  folder: string,
  { alpha, out }: { readonly alpha: number; readonly out?: string },
): TuringReport {
  const { series, annotations } = readTuringChangePoints(folder);
  const score = (answer: DetectorUnderTest) => scoreDetector(answer, series, annotations, alpha);
  const beside =
    detect === stretchChanges ? {} : { stretches: score(stretchChanges), together: score(withJumps(detect)) };
  const report = { detector, alpha, ...score(detect), ...beside };
  if (out !== undefined) {
    writeFiles(out, new Map([['turing-change-points.json', `${JSON.stringify(report, null, 2)}\n`]]));
  }
  return report;
}
