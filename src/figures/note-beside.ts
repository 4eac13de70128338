import { MUTED, SMALL } from './theme.ts';

/** A layer that writes the field `note` beside each row of a panel, right of the plot. */
export const noteBeside = {
  mark: { type: 'text', align: 'left', fontSize: SMALL, color: MUTED, dx: 8 },
  encoding: { x: { value: 'width' }, text: { field: 'note' } },
} as const;
