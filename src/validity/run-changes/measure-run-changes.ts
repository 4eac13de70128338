import { changesOfRuns } from '../../dynamics/run-changes/changes-of-run.ts';
import type { RunChanges } from '../../dynamics/run-changes/types.ts';
import type { Run } from '../../measurements/types.ts';
import { quantile } from '../../numerics/quantile.ts';
import { createRandom } from '../../numerics/random.ts';
import { simpleRate } from '../harness/clustered-rate.ts';
import type { Rate } from '../harness/types.ts';
import { nullRunNamed } from './null-runs.ts';
import { type SimulatedChange, simulateRun } from './simulate-run.ts';

/** Simulated runs of one family, and how they are looked at. */
export interface RunCell {
  readonly family: string;
  /** Measurements of each. */
  readonly n: number;
  /** How many times it is done. */
  readonly runs: number;
  /** Runs that differ in the seed alone, looked at together. Default 1. */
  readonly seeds?: number;
  /** Control runs that they are compared with. Default 0. */
  readonly controls?: number;
}

/** What happens in each of them, at the middle measurement where no place is given. */
export interface PlantedRunCell extends RunCell {
  readonly change: Omit<SimulatedChange, 'at'> & { readonly at?: number };
}

export interface RunMeasureOptions {
  /** Default 0.05. */
  readonly alpha?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** How often a change is reported where there is none. */
export interface RunAlarms extends RunCell {
  readonly description: string;
  readonly alarmed: Rate;
}

/** How well a change is found. */
export interface RunPower extends PlantedRunCell {
  /** Share of runs with a change within ten measurements of it. */
  readonly found: Rate;
  /** Of those, the share whose interval holds it, and the median width of the interval in measurements; null where none is found. */
  readonly held: Rate | null;
  readonly width: number | null;
  /** Share of runs with another change, before or after. */
  readonly others: Rate;
}

const INTERVAL = 5;
/** Measurements within which a change counts as found. */
const NEAR = 10;

/**
 * Counts the simulated runs in which `changesOfRun` reports a change where nothing changes.
 *
 * @example
 * measureRunAlarms({ family: 'swinging', n: 400, runs: 100 }).alarmed.value; // at most 0.05
 */
export function measureRunAlarms(cell: RunCell, options: RunMeasureOptions = {}): RunAlarms {
  const results = repeated(cell, options);
  const alarmed = results.filter((result) => changesIn(result).length > 0).length;
  return {
    ...cell,
    description: nullRunNamed(cell.family).description,
    alarmed: simpleRate(alarmed, cell.runs),
  };
}

/**
 * Counts how often `changesOfRun` finds a planted change, and how well it places it.
 *
 * @example
 * measureRunPower({ family: 'swinging', n: 400, runs: 50, change: { pace: 0.1 } }).found.value; // about 1
 */
export function measureRunPower(cell: PlantedRunCell, options: RunMeasureOptions = {}): RunPower {
  const at = cell.change.at ?? cell.n >> 1;
  const results = repeated(cell, options, { ...cell.change, at }).map(changesIn);
  const isNear = ({ index }: { index: number }): boolean => Math.abs(index - at) <= NEAR;
  const found = results.flatMap((changes) => changes.filter(isNear).slice(0, 1));
  // It happens between the last measurement before and the first one after.
  const held = found.filter(({ interval: [from, to] }) => from <= (at - 1) * INTERVAL && at * INTERVAL <= to);
  return {
    ...cell,
    found: simpleRate(found.length, cell.runs),
    held: found.length === 0 ? null : simpleRate(held.length, found.length),
    width:
      found.length === 0
        ? null
        : quantile(
            found.map(({ interval: [from, to] }) => (to - from) / INTERVAL),
            0.5,
          ),
    others: simpleRate(
      results.filter((changes) => changes.some((change) => !isNear(change))).length,
      cell.runs,
    ),
  };
}

function repeated(
  { family, n, runs, seeds = 1, controls = 0 }: RunCell,
  { alpha = 0.05, seed = 0 }: RunMeasureOptions,
  change?: SimulatedChange,
): RunChanges[] {
  const rng = createRandom(seed).fork('changes of runs').fork(family).fork(n);
  const draw = (label: string, planted?: SimulatedChange): Run =>
    simulateRun(nullRunNamed(family), n, rng.fork(label), { interval: INTERVAL, change: planted });
  return Array.from({ length: runs }, (_, i) =>
    changesOfRuns(
      Array.from({ length: seeds }, (_, k) => draw(`${i}/${k}`, change)),
      {
        alpha,
        against:
          controls === 0 ? undefined : Array.from({ length: controls }, (_, k) => draw(`${i}/control ${k}`)),
      },
    ),
  );
}

function changesIn(result: RunChanges) {
  return result.testable ? result.changes.filter(({ kind }) => kind === 'change') : [];
}
