import { SMALL } from '../theme.ts';
import type { FigureSpec } from '../types.ts';

/** Outer size of every panel in CSS pixels: a phone's width shows one at full size, and beside each other they align. */
export const PANEL = { width: 350, height: 250 } as const;

/** What a panel draws: a view of Vega-Lite, without its title and size. */
export type PanelView = Readonly<Record<string, unknown>>;

/** A view as a panel of the one size. */
export function panelSpec(title: string, view: PanelView): FigureSpec {
  return {
    title: { text: title, fontSize: SMALL + 1, offset: 8, frame: 'bounds' },
    ...PANEL,
    autosize: { type: 'fit', contains: 'padding' },
    ...view,
  } as unknown as FigureSpec;
}
