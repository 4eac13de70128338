import { holdsAmongAll } from '../../dynamics/stretches/stretches-that-hold.ts';
import type { Stretch } from '../../dynamics/stretches/types.ts';
import type { StudyAnalysis } from '../../findings/study-analysis.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

interface StretchRow {
  readonly run: string;
  readonly layer: string;
  readonly depth: number;
  readonly place: number;
  readonly stretch: Stretch;
  readonly holds: boolean | null;
}

const columns: readonly Column<StretchRow>[] = [
  { name: 'run', type: 'text', meaning: 'the run', of: ({ run }) => run },
  { name: 'layer', type: 'text', meaning: 'the layer', of: ({ layer }) => layer },
  {
    name: 'depth',
    type: 'integer',
    unit: 'from 0',
    meaning: 'its place in the network',
    of: ({ depth }) => depth,
  },
  {
    name: 'place',
    type: 'integer',
    unit: 'from 0',
    meaning: 'place of the stretch in the curve',
    of: ({ place }) => place,
  },
  { name: 'kind', type: 'text', meaning: 'level, rise, fall or wander', of: ({ stretch }) => stretch.kind },
  {
    name: 'pace',
    type: 'text',
    meaning: 'of a rise or fall: jump, fast or gradual',
    of: ({ stretch }) => stretch.pace,
  },
  {
    name: 'from',
    type: 'number',
    unit: 'training steps',
    meaning: 'where it begins',
    of: ({ stretch }) => stretch.from.step,
  },
  {
    name: 'from_low',
    type: 'number',
    unit: 'training steps',
    meaning: 'lower end of the interval of that place',
    of: ({ stretch }) => stretch.from.interval[0],
  },
  {
    name: 'from_high',
    type: 'number',
    unit: 'training steps',
    meaning: 'upper end',
    of: ({ stretch }) => stretch.from.interval[1],
  },
  {
    name: 'to',
    type: 'number',
    unit: 'training steps',
    meaning: 'where it ends',
    of: ({ stretch }) => stretch.to.step,
  },
  {
    name: 'to_low',
    type: 'number',
    unit: 'training steps',
    meaning: 'lower end of the interval of that place',
    of: ({ stretch }) => stretch.to.interval[0],
  },
  {
    name: 'to_high',
    type: 'number',
    unit: 'training steps',
    meaning: 'upper end',
    of: ({ stretch }) => stretch.to.interval[1],
  },
  {
    name: 'from_value',
    type: 'number',
    meaning: 'the value that it leads from',
    of: ({ stretch }) => stretch.fromValue,
  },
  { name: 'to_value', type: 'number', meaning: 'and to', of: ({ stretch }) => stretch.toValue },
  {
    name: 'amplitude',
    type: 'number',
    meaning: 'their difference',
    of: ({ stretch }) => stretch.amplitude.value,
  },
  {
    name: 'amplitude_low',
    type: 'number',
    meaning: 'lower end of its 95 % interval',
    of: ({ stretch }) => stretch.amplitude.interval[0],
  },
  {
    name: 'amplitude_high',
    type: 'number',
    meaning: 'upper end',
    of: ({ stretch }) => stretch.amplitude.interval[1],
  },
  {
    name: 'in_noise',
    type: 'number',
    unit: 'noise sd',
    meaning: 'amplitude in units of the jitter',
    of: ({ stretch }) => stretch.amplitudeInNoise,
  },
  {
    name: 'told_from',
    type: 'text',
    meaning: 'the null world that it was told from: walk or jitter',
    of: ({ stretch }) => stretch.toldFrom,
  },
  {
    name: 'p_value',
    type: 'number',
    unit: '0 to 1',
    meaning: 'of the clearest such stretch in that world',
    of: ({ stretch }) => stretch.pValue,
  },
  {
    name: 'holds',
    type: 'boolean',
    meaning: 'of a rise or fall: whether it also holds over all curves of the study',
    of: ({ holds }) => holds,
  },
];

/** What every curve does, one row for each of its stretches. */
export function stretchesTable({ runs, heldStretches }: StudyAnalysis): Table {
  return table('stretches', 'one stretch of one curve', columns, function* (): Generator<StretchRow> {
    for (const { runId: run, layers } of runs) {
      for (const { layer, depth, curve } of layers) {
        if (!curve.described) continue;
        for (const [place, stretch] of curve.stretches.entries()) {
          yield { run, layer, depth, place, stretch, holds: holdsAmongAll(stretch, heldStretches.inRuns) };
        }
      }
    }
  });
}
