import { type Dashboard, studyDashboard } from '../../src/findings/dashboard/dashboard.ts';
import { proportion } from '../../src/findings/dashboard/proportion.ts';
import { exampleStudy } from './example-study.ts';

const { runs, analysis } = exampleStudy();
/** What the example study gives: it has no orders, sizes, types and couplings. */
export const partOfDashboard: Dashboard = studyDashboard(runs, analysis);
/** The same with all that a dashboard can have. */
export const exampleDashboard: Dashboard = {
  ...partOfDashboard,
  orders: [
    { pattern: 'bottom-up', share: proportion(2, 3, 0.05) },
    { pattern: 'undefined', share: proportion(1, 3, 0.05) },
  ],
  sizes: [
    { family: 'mlp', count: 9, low: 4, lowerQuartile: 6, median: 9, upperQuartile: 14, high: 90 },
    { family: 'cnn', count: 5, low: 3, lowerQuartile: 5, median: 7, upperQuartile: 8, high: 20 },
  ],
  types: [12, 7],
  coupling: [
    { run: 'a', family: 'mlp', difference: 0.2, interval: [0.1, 0.3], pValue: 0.01 },
    { run: 'b', family: 'cnn', difference: -0.05, interval: [-0.2, 0.1], pValue: 0.4 },
  ],
};
