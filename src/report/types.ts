import type { FalseDiscoveryControl } from '../dynamics/false-discoveries.ts';
import type { FigureSpec, GroupRateView, LayerDynamicsView } from '../figures/types.ts';
import type { Finding } from '../findings/finding.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';

/** Path inside the report folder, with `/`, to what the file holds. */
export type ReportFiles = ReadonlyMap<string, string | Uint8Array>;

/** What a report is made from. */
export interface ReportInput {
  readonly manifest: StudyManifest;
  /** In study order. */
  readonly runs: readonly Run[];
  /** What `analyzeStudy` answers, or anything of its shape. */
  readonly analysis: StudyAnalysisView;
  readonly findings?: readonly Finding[];
  /** What the data checks say. */
  readonly warnings?: readonly ReportWarning[];
  /** Figures that findings refer to, by file name without folder and ending. */
  readonly figures?: ReadonlyMap<string, EvidenceFigure>;
  readonly reproduce?: { readonly commands: readonly string[]; readonly notes?: readonly string[] };
  /** Series to choose from in the page; by default all, the analysed one first, as far as `maxEmbeddedBytes` reaches. */
  readonly metrics?: readonly string[];
  /** Bound on the series embedded in the page, base64 bytes; default 6,000,000. */
  readonly maxEmbeddedBytes?: number;
  /** Whether figures come as PNG (300 dpi) too. */
  readonly png?: boolean;
}

export interface EvidenceFigure {
  readonly title: string;
  /** What the figure shows, in words: also its description for readers who cannot see it. */
  readonly caption: string;
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

/** The dynamics of a whole study, as far as the report shows them. */
export interface StudyAnalysisView {
  /** The series analysed, see `seriesId`. */
  readonly seriesId: string;
  readonly detector: string;
  /** Nominal error rate of the detector and of the intervals. */
  readonly alpha: number;
  readonly seed: number;
  readonly runs: readonly RunDynamicsView[];
  readonly rates: readonly GroupRateView[];
  /** Which changes hold over all series together. */
  readonly falseDiscoveries?: FalseDiscoveryControl;
  readonly jumpTypes?:
    | {
        readonly determined: true;
        readonly types: number;
        readonly centres: readonly {
          readonly jumps: number;
          readonly centre: Readonly<Record<string, number | undefined>>;
        }[];
      }
    | { readonly determined: false; readonly reason: string };
}

/** The dynamics of one run, as far as the report shows them. */
export interface RunDynamicsView {
  readonly runId: string;
  readonly layers: readonly LayerDynamicsView[];
  readonly convergenceOrder: {
    readonly pattern: string;
    readonly reason: string | null;
    readonly tau: number | null;
    readonly pValue: number | null;
  };
  readonly criticalPeriods: {
    /** Ends of the intervals that `coordination.share` is given for. */
    readonly steps: ArrayLike<number>;
    readonly coordination:
      | {
          readonly determined: true;
          readonly share: ArrayLike<number>;
          readonly maximum: { readonly share: number; readonly step: number; readonly pValue: number };
          readonly threshold: number | null;
          readonly alpha: number;
          readonly periods: readonly {
            readonly from: number;
            readonly to: number;
            readonly peakShare: number;
          }[];
        }
      | { readonly determined: false; readonly reason: string };
    readonly loss:
      | {
          readonly determined: true;
          readonly share: number;
          readonly baseRate: number;
          readonly difference: number;
          /** Of the difference. */
          readonly interval: readonly [number, number];
          readonly pValue: number;
        }
      | { readonly determined: false; readonly reason: string };
  };
}
