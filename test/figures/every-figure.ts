import type { FigureSpec } from '../../src/figures/types.ts';
import { deepDive } from '../../src/findings/deep-dive/deep-dive.ts';
import { dashboardFigures } from '../../src/report/dashboard-figures.ts';
import { deepDiveFigures } from '../../src/report/deep-dive-figures.ts';
import { exampleDashboard } from '../report/example-dashboard.ts';
import { exampleStudy } from '../report/example-study.ts';
import { exampleFigures } from './example-figures.ts';

const { runs, analysis } = exampleStudy();

/** Every kind of figure by name: the examples of `src/figures`, and the panels that the report makes with them. */
export const everyFigure: ReadonlyMap<string, FigureSpec> = new Map([
  ...Object.entries(exampleFigures),
  ...[...dashboardFigures(exampleDashboard), ...deepDiveFigures(deepDive(runs, analysis)!)].map(
    ([name, { spec }]) => [name, spec] as const,
  ),
]);
