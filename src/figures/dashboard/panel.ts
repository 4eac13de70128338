import { SMALL } from '../theme.ts';
import type { FigureSpec } from '../types.ts';

/** What a panel draws: a view of Vega-Lite, without its title and size. */
export type PanelView = Readonly<Record<string, unknown>>;

/** A view as a panel of the one size that its style gives all of them: a phone's width shows one, and beside each other they align. */
export function panelSpec(title: string, view: PanelView): FigureSpec {
  return {
    title: { text: title, fontSize: SMALL + 1, offset: 8, frame: 'bounds' },
    autosize: { type: 'fit', contains: 'padding' },
    ...view,
  } as unknown as FigureSpec;
}
