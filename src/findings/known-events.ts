import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { quantityCurves } from '../dynamics/network-quantities.ts';
import { describeCurve } from '../dynamics/stretches/describe-curve.ts';
import type { CurveDescription } from '../dynamics/stretches/types.ts';
import type { Run } from '../measurements/types.ts';
import { brief, counted } from '../wording/sentences.ts';

/** What is known to have happened, held against what was found. */
export interface ScoredEvent {
  readonly step: number;
  readonly name: string;
  /** Runs in whose log it stands. */
  readonly runs: number;
  /** Runs with a rise or fall whose half-way interval covers it. */
  readonly found: number;
  /** Of those, the one that is half-way nearest to it; null where there is none. */
  readonly nearest: FoundMovement | null;
}

/** A rise or fall, and where it is half-way. */
export interface FoundMovement {
  /** A layer, or a quantity of the network. */
  readonly curve: string;
  readonly kind: 'rise' | 'fall';
  readonly step: number;
  readonly interval: readonly [number, number];
}

/** Movements smaller than this share of their curve's range are rounding, or too small to be what is meant. */
const leastShare = 0.02;

/**
 * Looks for the events of runs among the rises and falls of their layers and of the network's own quantities.
 *
 * @param dynamics of the same runs, in the same order.
 * @returns by step; empty where no run has an event.
 */
export function scoreEvents(runs: readonly Run[], dynamics: readonly RunDynamics[]): ScoredEvent[] {
  const scored = new Map<string, ScoredEvent>();
  runs.forEach((run, i) => {
    if (run.events === undefined || run.events.length === 0) return;
    const movements = [
      ...(dynamics[i]?.layers ?? []).flatMap(({ layer, curve }) => movementsOf(layer, curve)),
      ...quantityCurves(run).flatMap(({ track, subject, series, curve }) =>
        movementsOf(`${series} of ${subject === 'network' ? track : subject}`, describeCurve(curve)),
      ),
    ];
    for (const { step, name } of run.events) {
      const key = `${step} ${name}`;
      const before = scored.get(key) ?? { step, name, runs: 0, found: 0, nearest: null };
      const around = movements.filter(({ interval: [from, to] }) => from <= step && step <= to);
      scored.set(key, {
        ...before,
        runs: before.runs + 1,
        found: before.found + Number(around.length > 0),
        nearest: nearestTo(step, before.nearest === null ? around : [before.nearest, ...around]),
      });
    }
  });
  return [...scored.values()].sort((a, b) => a.step - b.step);
}

/**
 * An event and what was found of it, in a sentence.
 *
 * @example
 * inWords({ step: 361, name: 'mode 1', runs: 3, found: 0, nearest: null });
 * // 'mode 1 (step 361): not found in any of 3 runs'
 */
export function inWords({ step, name, runs, found, nearest }: ScoredEvent): string {
  const what = `${name} (step ${brief(step)})`;
  if (nearest === null) return `${what}: not found in any of ${counted(runs, 'run')}`;
  const { curve, kind, step: half, interval } = nearest;
  const place = `half-way at step ${brief(half)} [${interval.map(brief).join(', ')}]`;
  return `${what}: ${curve} ${kind === 'rise' ? 'rises' : 'falls'}, ${place}; found in ${found} of ${counted(runs, 'run')}`;
}

function movementsOf(curve: string, described: CurveDescription): FoundMovement[] {
  if (!described.described) return [];
  const values = described.stretches.flatMap(({ fromValue, toValue }) => [fromValue, toValue]);
  const range = Math.max(...values) - Math.min(...values);
  return described.stretches.flatMap(({ kind, half, amplitude }) =>
    (kind === 'rise' || kind === 'fall') && half !== null && Math.abs(amplitude.value) >= leastShare * range
      ? [{ curve, kind, step: half.step, interval: half.interval }]
      : [],
  );
}

function nearestTo(step: number, movements: readonly FoundMovement[]): FoundMovement | null {
  if (movements.length === 0) return null;
  return movements.reduce((a, b) => (Math.abs(b.step - step) < Math.abs(a.step - step) ? b : a));
}
