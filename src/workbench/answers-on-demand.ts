import { Recent } from '../dynamics/recent.ts';
import type { AnalyzedPart, PartAbout } from './analysis-parts.ts';

type Answer = AnalyzedPart<PartAbout<'run' | 'seeds'>>;

/** Answers about so many layers stay in memory, some 10 kB each. */
const mostLayers = 16_000;
/** Of those that do not, so many are at hand: what is said of a group of seeds is said of its runs too. */
const mostAtHand = 32;

/** What of an answer takes room. */
const large = ['layers', 'convergenceOrder', 'criticalPeriods', 'runChanges', 'curves'];

/**
 * What was found out of runs and groups, as far as it stays in memory: of a large study the rest is read from the cache again whenever it is looked
 * at. The curves of groups, which are most of what is known of them, are always.
 */
export class AnswersOnDemand {
  readonly #mostLayers: number;
  readonly #atHand = new Recent<string, Answer>(mostAtHand);
  readonly #curves = new Recent<string, Answer>(2);
  #layers = 0;

  /** @param most layers of which the answers stay in memory. */
  constructor(most = mostLayers) {
    this.#mostLayers = most;
  }

  /** Whether some are not in memory: what is made of each of them had better not be kept either. */
  get areMany(): boolean {
    return this.#layers > this.#mostLayers;
  }

  /**
   * The same answer, all or most of it asked for each time that it is looked at.
   *
   * @param name that no other answer has.
   * @param ask finds it again.
   */
  of(name: string, answer: Answer, ask: () => Answer): Answer {
    const layers = 'layers' in answer ? answer.layers : answer.curves;
    this.#layers += layers.length;
    if (this.areMany) return onDemand(answer, large, () => this.#atHand.of(name, 1, ask));
    if ('layers' in answer) return answer;
    const again = (): typeof answer => this.#curves.of(name, 1, ask) as typeof answer;
    return {
      ...answer,
      curves: answer.curves.map((description, l) =>
        description.described
          ? onDemand(description, ['curve'], () => again().curves[l] as typeof description)
          : description,
      ),
    };
  }
}

/** The same, some of its entries asked for each time they are looked at, all in their order. */
function onDemand<T extends object>(value: T, names: readonly string[], ask: () => T): T {
  const slim = {};
  for (const [name, entry] of Object.entries(value)) {
    const how = names.includes(name) ? { get: () => ask()[name as keyof T] } : { value: entry };
    Object.defineProperty(slim, name, { ...how, enumerable: true });
  }
  return slim as T;
}
