import { attentionMeasures } from './attention/attention-measures.ts';
import { type CheckpointReading, type ReadingInRun, readingsInRun } from './checkpoint-reading.ts';
import { classMeasures } from './classes/class-measures.ts';
import { filterMeasures } from './filters/filter-measures.ts';
import { type MeasureSubject, type MechanismMeasure, subjectsOf } from './measure.ts';
import type { MeasuredValue } from './measured-value.ts';
import { representationMeasures } from './representations/representation-measures.ts';
import { unitMeasures } from './units/unit-measures.ts';

export type { MeasureSubject, MechanismMeasure } from './measure.ts';

/** Measures by name; a new one is measured, tabled, tracked and tested by standing in one of these. */
export const mechanismMeasures = {
  ...attentionMeasures,
  ...unitMeasures,
  ...representationMeasures,
  ...filterMeasures,
  ...classMeasures,
} satisfies Readonly<Record<string, MechanismMeasure>>;

export type MeasureName = keyof typeof mechanismMeasures;

/** One measure of one layer at one checkpoint. */
export interface MechanismValue {
  readonly measure: MeasureName;
  /** The layer, attention module, parameter or class. */
  readonly subject: string;
  readonly step: number;
  readonly value: MeasuredValue;
}

/**
 * Every measure of everything that a run's checkpoints hold, in their order.
 *
 * @param readings of one run, by ascending step.
 */
export function* measureCheckpoints(readings: Iterable<CheckpointReading>): Generator<MechanismValue> {
  const inRun = readingsInRun();
  for (const now of readings) yield* measureCheckpoint(inRun(now));
}

/** Every measure of one checkpoint. */
export function measureCheckpoint(reading: ReadingInRun): MechanismValue[] {
  const names = Object.keys(mechanismMeasures) as MeasureName[];
  return names.flatMap((measure) => {
    const { subject, of }: MechanismMeasure = mechanismMeasures[measure];
    return subjectsOf(reading.now, subject).map((name) => ({
      ...{ measure, subject: name, step: reading.now.step },
      value: of(reading, name),
    }));
  });
}

/** The measures of a kind of subject that can be tracked while training, in the registry's order. */
export function trackedMeasures(of: MeasureSubject): MeasureName[] {
  return (Object.keys(mechanismMeasures) as MeasureName[]).filter((name) => {
    const { subject, tracked }: MechanismMeasure = mechanismMeasures[name];
    return tracked && subject === of;
  });
}
