import type { Run } from '../measurements/types.ts';
import { labelTitle } from './metric-label.ts';

/** Units of the losses that a log may name; one without a name is a cross-entropy. */
const units: Readonly<Record<string, string>> = { 'cross-entropy': 'nats', 'squared-error': 'squared error' };

/**
 * The title of an axis for the loss of runs: with its unit, where they share one.
 *
 * @param what which loss, e.g. `Training loss`.
 */
export function lossTitle(what: string, runs: readonly Pick<Run, 'hyperparameters'>[]): string {
  const names = new Set(runs.map(({ hyperparameters: { loss = 'cross-entropy' } }) => String(loss)));
  const [only] = names;
  return names.size === 1 ? labelTitle({ name: what, unit: units[only] ?? only }) : what;
}
