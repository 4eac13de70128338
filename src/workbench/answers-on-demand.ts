import { Recent } from '../dynamics/recent.ts';
import type { SeedsDescription } from '../dynamics/stretches/seeds/types.ts';
import type { SeedsTogether } from '../findings/seed-groups.ts';
import { type CompactValue, CompactValues } from '../formats/compact-values.ts';
import type { AnalyzedPart, PartAbout } from './analysis-parts.ts';

type Answer = AnalyzedPart<PartAbout<'run' | 'seeds'>>;

/** Answers about so many layers stay in memory, some 10 kB each. */
const mostLayers = 16_000;
/** Layers of a study of which they stay as they are where they are looked at again and again; of a larger one they are held compact, some 2 kB each. */
const mostWhole = 4_000;
/** Of those that do not stay as they are, so many are at hand: what is said of a group of seeds is said of its runs too. */
const mostAtHand = 32;
/** The same of compact ones, which are had again at once. */
const mostExpanded = 12;

/** What of an answer takes room. */
const large = ['layers', 'convergenceOrder', 'criticalPeriods', 'runChanges', 'curves'];

/** How answers are kept. */
export interface AnswersInMemory {
  /** Layers of which the answers stay in memory; 16,000 if absent. */
  readonly most?: number;
  /** Whether they are put together whenever they are looked at, and take a fifth of the memory until then. Default false. */
  readonly compact?: boolean;
}

/** How answers are kept of a study with so many layers. @param most see `AnswersInMemory`. */
export function keptFor(layers: number, most?: number): AnswersInMemory {
  return { most, compact: layers > mostWhole };
}

/**
 * What was found out of runs and groups, as far as it stays in memory: of a large study the rest is read from the cache again whenever it is looked
 * at. The curves of groups, which are most of what is known of them, are always.
 */
export class AnswersOnDemand {
  readonly #most: number;
  readonly #isCompact: boolean;
  readonly #atHand = new Recent<string, Answer>(mostAtHand);
  readonly #curves = new Recent<string, Answer>(2);
  readonly #values = new CompactValues();
  readonly #expanded = new Recent<CompactValue, unknown>(mostExpanded);
  #layers = 0;

  constructor({ most = mostLayers, compact = false }: AnswersInMemory = {}) {
    this.#most = most;
    this.#isCompact = compact;
  }

  /** Whether some are not in memory as they are: what is made of each of them had better not be kept either. */
  get areMany(): boolean {
    return this.#isCompact || this.#layers > this.#most;
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
    if (this.#layers > this.#most) {
      return onDemand(answer, large, (entry) => this.#atHand.of(name, 1, ask)[entry as keyof Answer]);
    }
    const again = (): SeedsTogether => this.#curves.of(name, 1, ask) as SeedsTogether;
    if (this.#isCompact) return this.#compacted(answer, again);
    return 'layers' in answer ? answer : { ...answer, curves: withCurves(answer.curves, again) };
  }

  #compacted(answer: Answer, again: () => SeedsTogether): Answer {
    const slim = 'layers' in answer ? answer : { ...answer, curves: answer.curves.map(withoutCurve) };
    const held = new Map(
      Object.entries(slim).flatMap(([entry, value]) =>
        large.includes(entry) ? [[entry, this.#values.compact(value)] as const] : [],
      ),
    );
    const expand = (value: CompactValue, entry: string): unknown => {
      const expanded = this.#values.expand(value);
      return entry === 'curves' ? withCurves(expanded as SeedsTogether['curves'], again) : expanded;
    };
    return onDemand(answer, large, (entry) => {
      const value = held.get(entry)!;
      return this.#expanded.of(value, 1, () => expand(value, entry));
    });
  }
}

/** Descriptions of which the curves themselves are asked for. */
function withCurves(curves: SeedsTogether['curves'], again: () => SeedsTogether): SeedsTogether['curves'] {
  return curves.map((description, l) =>
    description.described
      ? onDemand(description, ['curve'], () => (again().curves[l] as typeof description).curve)
      : description,
  );
}

/** With the place of the curve, but without it. */
function withoutCurve(description: SeedsDescription): object {
  return description.described ? { ...description, curve: null } : description;
}

/** The same, some of its entries asked for each time they are looked at, all in their order. */
function onDemand<T extends object>(value: T, names: readonly string[], ask: (name: string) => unknown): T {
  const slim = {};
  for (const [name, entry] of Object.entries(value)) {
    const how = names.includes(name) ? { get: () => ask(name) } : { value: entry };
    Object.defineProperty(slim, name, { ...how, enumerable: true });
  }
  return slim as T;
}
