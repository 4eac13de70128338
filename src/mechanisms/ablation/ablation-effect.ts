import { determined, undetermined } from '../../spectra/determined.ts';
import type { Determined } from '../../spectra/types.ts';
import type { Answers } from '../classes/class-accuracy.ts';

/** By how much answers became worse (or better) when something was taken out. */
export interface AnswerChange {
  /** Mean cross-entropy without the part less that with it, nats: above 0 for a part that helps. */
  readonly loss: Determined;
  /** Accuracy without the part less that with it, −1 to 1: below 0 for a part that helps. */
  readonly accuracy: Determined;
}

/** What a network loses with a head, filter or unit. */
export interface AblationEffect extends AnswerChange {
  readonly byClass: readonly AnswerChange[];
}

/**
 * @param without null where the part was replaced by what it puts out anyway: that nothing changed would then say nothing.
 * @example
 * const answers = (logit) => answersOf({ matrix: { data: Float64Array.of(logit, 0), rows: 1, columns: 2 }, labels: [0], classes: 2 });
 * ablationEffect(answers(1), answers(-1)).accuracy // { determined: true, value: -1 }
 */
export function ablationEffect(intact: Answers, without: Answers | null): AblationEffect {
  const changed = (one: Answers['byClass'][number], index: number | null): AnswerChange => {
    const other = index === null ? without : (without?.byClass[index] ?? null);
    return {
      loss: difference(one.loss, other?.loss ?? null),
      accuracy: difference(one.accuracy, other?.accuracy ?? null),
    };
  };
  return { ...changed(intact, null), byClass: intact.byClass.map(changed) };
}

function difference(intact: Determined, without: Determined | null): Determined {
  if (!intact.determined) return intact;
  if (without === null) return undetermined('the part puts out what it was to be replaced by');
  return without.determined ? determined(without.value - intact.value) : without;
}
