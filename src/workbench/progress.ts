/** How far a long piece of work has come. */
export interface Advance {
  /** What is being done. */
  readonly stage:
    | 'training'
    | 'measuring'
    | 'probing'
    | 'reading'
    | 'analyzing'
    | 'auditing'
    | 'testing'
    | 'drawing'
    | 'validating'
    | 'comparing';
  /** Units done, of `total`: logs, training steps, matrices, checkpoints, runs, claims, hypotheses, series or detectors. */
  readonly done: number;
  readonly total: number;
  /** What is worked on, e.g. the name of a run. */
  readonly what: string;
}

/** Told now and then how far the work has come; it changes nothing of the result. */
export type OnProgress = (advance: Advance) => void;
