import type { Column } from '../../tables/table.ts';

/** A row about something that happened between two measurements. */
interface PlacedRow {
  readonly change: { readonly step: number; readonly interval: readonly [number, number] };
}

/** Where in training a change lies. */
export const changePlace: readonly Column<PlacedRow>[] = [
  {
    name: 'step',
    type: 'integer',
    unit: 'training steps',
    meaning: 'first measurement after the change',
    of: ({ change }) => change.step,
  },
  {
    name: 'from',
    type: 'integer',
    unit: 'training steps',
    meaning: 'the change lies after this step',
    of: ({ change }) => change.interval[0],
  },
  {
    name: 'to',
    type: 'integer',
    unit: 'training steps',
    meaning: 'and not after this one',
    of: ({ change }) => change.interval[1],
  },
];
