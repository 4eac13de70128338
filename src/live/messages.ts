/*
 * What the server of a study that is under way tells its page. Each message may come twice, or again after others: what it
 * says of a run stands at a place that it names, so that taking it twice changes nothing.
 */

/** A number, or null where it is not known or not finite. */
export type Known = number | null;

/** The study, and which of its series is shown. */
export interface StudyMessage {
  readonly type: 'study';
  readonly title: string;
  /** Run ids in study order; a run that is not among them is no more. */
  readonly runs: readonly string[];
  /** The series that the curves show; null where the runs share none, or none has begun. */
  readonly metric: string | null;
  readonly metricTitle: string;
  /** Every series to choose from. */
  readonly metrics: readonly string[];
  /** Error rate of each curve's description, over all looks together. */
  readonly alpha: number;
  /** What cannot be read, and what has not begun. */
  readonly notes: readonly string[];
}

/** Measurements of a run, from one on. */
export interface RunMessage {
  readonly type: 'run';
  readonly run: string;
  readonly architecture: string;
  readonly dataset: string;
  readonly seed: Known;
  readonly plannedSteps: number;
  readonly layers: readonly string[];
  /** `open`: no end is logged; it trains, or was killed. */
  readonly status: 'open' | 'complete' | 'stopped';
  /** Why it stopped early. */
  readonly reason: string | null;
  /** When its log was last written to, in milliseconds since 1970. */
  readonly changed: Known;
  /** Place of the first measurement of this message in the run: those from there on are replaced. */
  readonly from: number;
  readonly steps: readonly number[];
  readonly loss: readonly Known[];
  /** [layer][measurement] */
  readonly values: readonly (readonly Known[])[];
  /** All of them: step, accuracy, held-out loss. */
  readonly evaluations: readonly (readonly [number, number, Known])[];
  /** All of them: step and name. */
  readonly events: readonly (readonly [number, string])[];
}

/** A rise or fall that is confirmed, wandering, or a level. */
export interface LiveStretch {
  readonly kind: 'rise' | 'fall' | 'wander' | 'level';
  readonly pace: 'jump' | 'fast' | 'gradual' | null;
  readonly from: number;
  readonly to: number;
  readonly half: Known;
}

/** What the layers of a run do as far as that is confirmed; takes the place of what was said before. */
export interface CurvesMessage {
  readonly type: 'curves';
  readonly run: string;
  /** Training step up to which they were described. */
  readonly upTo: Known;
  /** In network order. */
  readonly layers: readonly {
    readonly does: string;
    readonly stretches: readonly LiveStretch[];
    readonly turns: readonly number[];
  }[];
}

/** All that came before is on its way: the event's id says up to where. */
export interface MarkMessage {
  readonly type: 'mark';
}

export type LiveMessage = StudyMessage | RunMessage | CurvesMessage | MarkMessage;

/** What a run has inside, to be drawn as one picture: what is answered to a page that asks for it. */
export interface InsideMessage {
  readonly type: 'inside';
  readonly run: string;
  /** What can be asked for. */
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  /** Which of them this is; null where there is nothing. */
  readonly chosen: string | null;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly x: readonly number[];
  readonly lines: readonly { readonly label: string; readonly values: readonly Known[] }[];
  /** Step of the measurement that this is of; null where it is of several. */
  readonly step: Known;
  /** Lines that are left out, there being too many. */
  readonly more: number;
  /** Training steps of the checkpoints that lie there. */
  readonly checkpoints: readonly number[];
}

/** What the page is told of the training that it may start. */
export interface TrainingState {
  readonly state: 'stopped' | 'training' | 'stopping';
  /** Why the last training ended otherwise than wished, as it said itself; null if it did not. */
  readonly fault: string | null;
}
