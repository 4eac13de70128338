import type { Run } from '../measurements/types.ts';

/** A study of a known transition, trained: what was asked for, and what came of it. */
export interface KnownStudy {
  /** As its file says, defaults filled in. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly runs: readonly Run[];
}

/** Something that is known of a transition, and what was found of it. */
export interface KnownFact {
  /** What it is, e.g. `mode 1 half learned, step`. */
  readonly what: string;
  /** Where it lies: computed from a closed form, or measured before with another program. */
  readonly known: KnownPlace;
  /** Mean over the runs that have it; null where none does. */
  readonly found: number | null;
  /** Lowest and highest that any run's own interval allows; null where there is none. */
  readonly interval: readonly [number, number] | null;
  /** Whether what was found lies where it should, and the interval, if there is one, covers what is known. */
  readonly holds: boolean;
}

/** From `low` to `high`; `value` where one is known exactly. */
export interface KnownPlace {
  readonly low: number;
  readonly high: number;
  readonly value?: number;
}

/** A phenomenon of training whose time or size is known. */
export interface KnownTransition {
  /** Also the name of its study file in `examples`. */
  readonly name: string;
  readonly title: string;
  /** How it is known. */
  readonly source: string;
  /** Holds what the study came to against what is known. */
  readonly judge: (study: KnownStudy) => readonly KnownFact[];
}
