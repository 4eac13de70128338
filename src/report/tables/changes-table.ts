import type { Change } from '../../detectors/types.ts';
import type { FalseDiscoveryControl } from '../../dynamics/false-discoveries.ts';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import { type Column, type Table, table } from '../../tables/table.ts';
import { changePlace } from './change-place.ts';

interface ChangeRow {
  readonly run: string;
  readonly layer: string;
  readonly depth: number;
  readonly change: Change;
  readonly survives: boolean | null;
}

const columns: readonly Column<ChangeRow>[] = [
  { name: 'run', type: 'text', meaning: 'the run', of: ({ run }) => run },
  { name: 'layer', type: 'text', meaning: 'the layer', of: ({ layer }) => layer },
  {
    name: 'depth',
    type: 'integer',
    unit: 'from 0',
    meaning: 'its place in the network',
    of: ({ depth }) => depth,
  },
  ...changePlace,
  { name: 'kind', type: 'text', meaning: 'level, slope or variance', of: ({ change }) => change.kind },
  { name: 'direction', type: 'text', meaning: 'increase or decrease', of: ({ change }) => change.direction },
  {
    name: 'effect',
    type: 'number',
    unit: 'noise sd',
    meaning: 'its size in units of the local noise',
    of: ({ change }) => change.effect,
  },
  {
    name: 'magnitude',
    type: 'number',
    meaning: 'its size in units of the series',
    of: ({ change }) => change.magnitude,
  },
  {
    name: 'p_value',
    type: 'number',
    unit: '0 to 1',
    meaning: 'of the detector, for its own series',
    of: ({ change }) => change.pValue,
  },
  {
    name: 'survives_all_series',
    type: 'boolean',
    meaning: 'whether it also holds over all series of the study; empty where that cannot be said',
    of: ({ survives }) => survives,
  },
];

/** The detected changes of all runs, one row each. */
export function changesTable({ runs, falseDiscoveries }: StudyAnalysis): Table {
  return table('changes', 'one detected change', columns, function* (): Generator<ChangeRow> {
    for (const { runId: run, layers } of runs) {
      for (const { layer, depth, detection } of layers) {
        for (const change of detection.testable ? detection.changes : []) {
          yield { run, layer, depth, change, survives: survives(change, falseDiscoveries) };
        }
      }
    }
  });
}

/** Whether a change holds when all series of the study are looked at together; null where that cannot be said. */
function survives(change: Change, control: FalseDiscoveryControl): boolean | null {
  return !control.determined || change.pValue === null ? null : change.pValue <= control.threshold;
}
