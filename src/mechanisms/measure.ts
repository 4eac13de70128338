import type { CheckpointReading, ReadingInRun } from './checkpoint-reading.ts';
import type { MeasuredValue } from './measured-value.ts';

/** What a measure is taken of. */
export type MeasureSubject = 'attention' | 'activations' | 'weights' | 'classes';

/** One number for every layer at every checkpoint. */
export interface MechanismMeasure {
  readonly subject: MeasureSubject;
  /** Unit or range in words. */
  readonly unit: string;
  readonly meaning: string;
  /**
   * Whether it is cheap and needs no other checkpoint, so that it can be a track while training: of attention `attention`, of
   * weights `filters`, of activations `units`.
   */
  readonly tracked: boolean;
  /** @param name of the layer, attention module, parameter or class; the reading has it. */
  readonly of: (reading: ReadingInRun, name: string) => MeasuredValue;
}

/** Of one kind of subject, by name. */
export type Measures<Subject extends MeasureSubject> = Readonly<
  Record<string, MechanismMeasure & { readonly subject: Subject }>
>;

/** What a measure is taken of in a reading. */
export function subjectsOf(reading: CheckpointReading, subject: MeasureSubject): string[] {
  if (subject !== 'classes') return [...reading[subject].keys()];
  return reading.logits === undefined ? [] : Array.from({ length: reading.classes }, (_, i) => className(i));
}

/** A class as a subject. */
export function className(label: number): string {
  return `class ${label}`;
}

/** Why there is no comparison with an earlier checkpoint. */
export const isFirst = 'it is the first checkpoint';
