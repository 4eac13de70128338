import { plainLine } from '../../../errors/plain-text.ts';
import { readableOn } from '../../../figures/contrast.ts';
import { layerColors } from '../../../figures/page/colors.ts';
import { CATEGORY_COLORS, DARK_INK, DARK_PAPER, INK, PAPER } from '../../../figures/theme.ts';
import type { StudyData } from '../../study-data.ts';
import type { ColorGroup } from '../chart/curve.ts';
import type { ViewState } from '../view-state.ts';
import type { Line } from './pooled.ts';
import { facetsOf, levelsOf, levelText } from './run-filter.ts';

/** What the lines of a color have in common. */
export interface ColorLevel {
  readonly key: string;
  readonly label: string;
  /** Where it stands among the others. */
  readonly order: number;
  /** Whether levels follow each other, as depths and numbers do, and so do their colors. */
  readonly isOrdered: boolean;
}

/** By which level a line is colored. */
export function colorLevel(study: StudyData, line: Line, { color }: Pick<ViewState, 'color'>): ColorLevel {
  const [first] = line.runs;
  const run = study.runs[first];
  if (color === 'layer') {
    const label = line.layer ?? 'the run as a whole';
    const depth = line.layer === null ? 0 : study.networks[run.network].indexOf(line.layer);
    return { key: label, label: plainLine(label), order: depth, isOrdered: true };
  }
  const facet = facetsOf(study).get(color);
  const level = facet?.(run) ?? null;
  // Of runs that are averaged the levels may differ: then their condition tells more.
  if (facet !== undefined && line.runs.every((one) => facet(study.runs[one]) === level)) {
    const levels = levelsOf(study.runs, facet);
    const label = levelText(color, level);
    const isOrdered = levels.every((one) => Number.isFinite(Number(one)));
    const order = level === null ? levels.length : levels.indexOf(level);
    return { key: label, label: plainLine(label), order, isOrdered };
  }
  // By run: or by what stands for one where runs are averaged.
  const label = line.runs.length > 1 ? study.conditions[run.condition].title : run.id;
  return { key: label, label: plainLine(label), order: first, isOrdered: false };
}

/** A color for each level, on light pages and dark: a scale for those that follow each other; else colors far apart, dashed beyond eight. */
export function colorGroups(levels: readonly ColorLevel[]): ColorGroup[] {
  if (levels.length > 1 && levels.every(({ isOrdered }) => isOrdered)) {
    const [light, dark] = [false, true].map((isDark) => layerColors(levels.length, isDark));
    return levels.map(({ label }, l) => ({ label, color: { light: light[l], dark: dark[l] }, dash: [] }));
  }
  const n = CATEGORY_COLORS.length;
  return levels.map(({ label }, l) => {
    const own = CATEGORY_COLORS[l % n];
    const color =
      // Black, made readable on a dark page, would be a gray like others.
      own === '#000000'
        ? { light: INK, dark: DARK_INK }
        : { light: readableOn(own, PAPER), dark: readableOn(own, DARK_PAPER) };
    return { label, color, dash: DASHES[Math.floor(l / n) % DASHES.length] };
  });
}

const DASHES = [[], [7, 3], [2, 3], [10, 3, 2, 3]];
