import { describe, expect, it } from 'vitest';
import { tokenColumns } from '../../../src/validity/data-checks/token-columns.ts';
import { faultsOf, healthyStudy, withLayer } from './healthy-study.ts';

const runs = healthyStudy();
const transformer = runs.find(({ family }) => family === 'transformer')!;
const name = 'transformer.layers.0.linear1';
const faults = (pooling: string | null, features: number) =>
  faultsOf(tokenColumns, { runs: [withLayer(transformer, name, () => ({ pooling, features }))] });

describe('columns that count tokens', () => {
  it.each(['batch × tokens (mean over features)', 'batch × token means', 'batch × positions'])(
    'are found where the log describes them as "%s"',
    (pooling) => {
      expect(faults(pooling, 7)).toMatchObject([
        { severity: 'warning', run: transformer.id, layer: name, value: 7, count: 1, of: 4 },
      ]);
    },
  );

  it.each(['batch × units (mean over tokens)', 'batch · tokens × features', 'batch × channel means'])(
    'are none where it describes them as "%s"',
    (pooling) => {
      expect(faults(pooling, 7)).toEqual([]);
    },
  );

  it('are found by their number where the log does not describe them', () => {
    expect(faults(null, 7)).toMatchObject([{ layer: name, value: 7 }]);
    expect(faults(null, 12)).toEqual([]);
  });

  it('are none where the network has as many tokens as features', () => {
    const twin = withLayer(transformer, name, () => ({ pooling: null, features: 7 }));
    const hyperparameters = { ...twin.hyperparameters, width: 7 };
    expect(faultsOf(tokenColumns, { runs: [{ ...twin, hyperparameters }] })).toEqual([]);
  });
});
