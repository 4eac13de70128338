import type { CheckpointReading } from '../checkpoint-reading.ts';
import { className, type Measures } from '../measure.ts';
import { oncePerReading } from '../once-per-reading.ts';
import { answersOf } from './class-accuracy.ts';

const answers = oncePerReading((reading) => answersOf({ ...reading, matrix: reading.logits! }));

/** What the network as a whole makes of each class. */
export const classMeasures = {
  class_accuracy: {
    ...ofClass('0 to 1', 'share of the examples of a class that are put into it'),
    of: ({ now }, name) => ofName(now, name).accuracy,
  },
  class_loss: {
    ...ofClass('nats', 'cross-entropy of the examples of a class, mean'),
    of: ({ now }, name) => ofName(now, name).loss,
  },
} satisfies Measures<'classes'>;

function ofClass(unit: string, meaning: string) {
  return { subject: 'classes', unit, meaning, tracked: false } as const;
}

function ofName(reading: CheckpointReading, name: string) {
  const { byClass } = answers(reading, '');
  return byClass[byClass.findIndex((_, label) => className(label) === name)];
}
