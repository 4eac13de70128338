import type { StyleName } from '../figures/styles.ts';
import type { FigureSpec } from '../figures/types.ts';
import type { Audit } from '../findings/audit/audit-study.ts';
import type { Finding } from '../findings/finding.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import type { TestedHypotheses } from '../hypotheses/types.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';
import type { TableFormat } from '../tables/table-formats.ts';
import type { InsideRun } from './inside/inside-run.ts';

/** Path inside the report folder, with `/`, to what the file holds. */
export type ReportFiles = ReadonlyMap<string, string | Uint8Array>;

/** What a report is made from. */
export interface ReportInput {
  readonly manifest: StudyManifest;
  /** In study order. */
  readonly runs: readonly Run[];
  /** What `analyzeStudy` answers for these runs. */
  readonly analysis: StudyAnalysis;
  readonly findings?: readonly Finding[];
  /** How the claims behind the findings were tested; absent where none were. */
  readonly audited?: Pick<Audit, 'title' | 'resamples' | 'seed' | 'correction'>;
  /** The program that made analysis and report; the one that the manifest names if absent. */
  readonly tool?: StudyManifest['tool'];
  /** What became of hypotheses that were tested; no section of them if absent. */
  readonly tested?: TestedHypotheses;
  /** What the data checks say. */
  readonly warnings?: readonly ReportWarning[];
  /** Figures that findings refer to, by file name without folder and ending. */
  readonly figures?: ReadonlyMap<string, EvidenceFigure>;
  /** What some checkpoints of some runs hold. */
  readonly inside?: readonly InsideRun[];
  readonly reproduce?: { readonly commands: readonly string[]; readonly notes?: readonly string[] };
  /** Series to choose from in the page; by default all, the analyzed one first, as far as `maxEmbeddedBytes` reaches. */
  readonly metrics?: readonly string[];
  /** Bound on the series embedded in the page, bytes before they are compressed; default 6,000,000. */
  readonly maxEmbeddedBytes?: number;
  /** Whether figures come as PNG (300 dpi) too. */
  readonly png?: boolean;
  /** How figures look. */
  readonly style?: StyleName;
  /** Formats of the tables; all if absent. */
  readonly tables?: readonly TableFormat[];
}

export interface EvidenceFigure {
  readonly title: string;
  /** What the figure shows, in words: also its description for readers who cannot see it. */
  readonly caption: string;
  /** The description, where the caption says less. */
  readonly description?: string;
  /** How figures of its kind are read: said once over those that follow one another. */
  readonly reading?: string;
  readonly spec: FigureSpec;
}

export interface ReportWarning {
  /** Run it concerns; null for the whole study. */
  readonly run: string | null;
  readonly layer: string | null;
  /** Name of the check. */
  readonly check: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
}
