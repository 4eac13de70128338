import { describe, expect, it } from 'vitest';
import { labelContradictsKind } from '../../../src/validity/data-checks/label-contradicts-kind.ts';
import { faultsOf, healthyStudy, withLayer } from './healthy-study.ts';

const runs = healthyStudy();
const layer = 'transformer.layers.0.linear2';
const faults = (label: string, evidence = runs) =>
  faultsOf(labelContradictsKind, { runs: evidence, layerLabels: [{ run: null, layer, label }] });

describe('the label of a layer', () => {
  it.each(['attention output projection', 'convolution', 'classifier', 'token embedding'])(
    'contradicts a feed-forward layer: %s',
    (label) => {
      const found = faults(label);
      expect(found).toMatchObject([{ severity: 'error', layer, run: null, count: 4, of: 4 }]);
      expect(found[0].message).toContain('feed-forward-out');
    },
  );

  it.each(['feed-forward layer', 'second FFN matrix', 'most active layer'])('may be: %s', (label) => {
    expect(faults(label)).toEqual([]);
  });

  it('contradicts nothing where the kind is not known', () => {
    const unknown = runs.map((run) => withLayer(run, layer, () => ({ kind: 'unknown' })));
    expect(faults('attention output projection', unknown)).toEqual([]);
  });

  it('is asked of one run only where it was given for one', () => {
    const run = runs.find(({ family }) => family === 'transformer')!.id;
    const layerLabels = [{ run, layer, label: 'attention head' }];
    expect(faultsOf(labelContradictsKind, { runs, layerLabels })).toMatchObject([{ run, count: 1, of: 1 }]);
  });
});
