import { byOriginalName, type ComparisonRow, compareWithPublished, uncomparedFiles } from './compare.ts';
import type { Jump } from './jumps.ts';
import type { LoggedRun } from './logged-run.ts';
import { type PublishedDraw, publishedDraw } from './published-draw.ts';
import { firstPhase, firstPhaseFiles, secondPhaseFiles, seededDraw } from './reproduce.ts';

/** How one recomputed file agrees with its published counterpart. */
export interface FileAgreement {
  readonly file: string;
  readonly fields: number;
  readonly equalToTheBit: number;
  readonly equalWithin: number;
  readonly different: number;
  /** Of the different fields, those that follow from the unseeded draw alone. */
  readonly explained: number;
  /** Whether the texts agree to the last character, number formats and order of keys included. */
  readonly sameText: boolean;
  /** The same with the published draw in place of ours: true unless something else differs too. */
  readonly sameTextWithPublishedDraw: boolean;
}

/** The recomputed study beside the published one. */
export interface PublishedCheck {
  /** Whether every field is equal, to the bit or within 1e-12, or differs through the unseeded draw alone. */
  readonly passed: boolean;
  readonly rows: readonly ComparisonRow[];
  readonly files: readonly FileAgreement[];
  /** Published files that are not recomputed from the logs, and so are not compared. */
  readonly uncompared: readonly string[];
  /** What is known of the unseeded draw; null where the published choice is missing or impossible. */
  readonly draw: string | null;
  /** The recomputed files, name to text. */
  readonly produced: ReadonlyMap<string, string>;
}

/**
 * Recomputes the study from its logs and holds every field against the published files.
 *
 * One thing cannot be recomputed: a jump of the checkpoint plan that came from an unseeded generator. We draw our own,
 * so the fields that follow from it differ. To show that nothing else is behind these differences the second phase is
 * recomputed once more with the published jump, if that is one of the candidates: a field that is then equal to the
 * bit is explained.
 *
 * @param published file name to text (see `compareWithPublished`); an absent file fails the check.
 * @example
 * const { passed, files } = checkAgainstPublished(runs.map(loggedRun), publishedTexts);
 */
export function checkAgainstPublished(
  runs: readonly LoggedRun[],
  published: ReadonlyMap<string, string>,
): PublishedCheck {
  const first = firstPhase(runs);
  const firstFiles = firstPhaseFiles(first);
  const produced = new Map([...firstFiles, ...secondPhaseFiles(first, seededDraw())]);

  const originals = byOriginalName(published);
  const drawn = drawOf(first.jumps, originals.get('checkpoint_plan.json'));
  const redrawn = drawn === null ? null : secondPhaseFiles(first, drawn.draw);
  const compared = compareWithPublished(produced, published);
  const rows =
    drawn === null || redrawn === null
      ? compared
      : explainDraw(compared, redrawn, compareWithPublished(redrawn, published), drawn.account);
  const files = [...produced].map(([file, text]) => ({
    ...countStatuses(file, rows),
    sameText: originals.get(file) === text,
    sameTextWithPublishedDraw: originals.get(file) === (redrawn?.get(file) ?? text),
  }));
  return {
    passed: files.every((file) => file.fields > 0 && file.different === file.explained),
    rows,
    files,
    uncompared: uncomparedFiles(produced, published),
    draw: drawn?.account ?? null,
    produced,
  };
}

function drawOf(jumps: readonly Jump[], planText: string | undefined): PublishedDraw | null {
  return planText === undefined ? null : publishedDraw(jumps, planText);
}

/** Gives a reason to each difference in a redrawn file that is gone once the published draw takes the place of ours. */
function explainDraw(
  rows: readonly ComparisonRow[],
  redrawn: ReadonlyMap<string, string>,
  redrawnRows: readonly ComparisonRow[],
  account: string,
): ComparisonRow[] {
  const place = (row: ComparisonRow): string => `${row.file} ${row.field}`;
  const remaining = new Set(redrawnRows.filter(({ status }) => status !== 'equal to the bit').map(place));
  const why = `follows from a jump drawn at random without a seed; with the published one this field is equal to the bit (${account})`;
  return rows.map((row) =>
    row.status === 'different' && redrawn.has(row.file) && !remaining.has(place(row))
      ? { ...row, why, explained: true }
      : row,
  );
}

function countStatuses(file: string, rows: readonly ComparisonRow[]) {
  const own = rows.filter((row) => row.file === file);
  const count = (status: ComparisonRow['status']): number =>
    own.filter((row) => row.status === status).length;
  return {
    file,
    fields: own.length,
    equalToTheBit: count('equal to the bit'),
    equalWithin: count('equal within 1e-12'),
    different: count('different'),
    explained: own.filter((row) => row.explained).length,
  };
}
