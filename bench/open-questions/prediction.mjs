import { settingNames, settingsObservations } from '../../dist/hypotheses/questions/settings-design.js';
import { leastSquares } from '../../dist/numerics/regression.js';

/**
 * How well the settings of a run predict when its layers first change, in seeds that were not looked at: each seed's runs by a regression on
 * all others, against the mean of these.
 */
export function predictionLines({ runs, analysis }) {
  const all = settingsObservations({ runs, analysis }).filter(({ timing }) => timing !== null);
  const row = ({ settings }) => [1, ...settingNames.map((name) => Math.log2(settings[name]))];
  const seeds = [...new Set(all.map(({ seed }) => seed))];
  const shares = seeds.map((left) => {
    const [rest, own] = [all.filter(({ seed }) => seed !== left), all.filter(({ seed }) => seed === left)];
    const fitted = leastSquares(
      rest.map(row),
      rest.map(({ timing }) => timing),
    );
    const center = rest.reduce((sum, { timing }) => sum + timing, 0) / rest.length;
    const squares = (predicted) => own.reduce((sum, one) => sum + (one.timing - predicted(one)) ** 2, 0);
    return (
      1 - squares((one) => row(one).reduce((sum, x, k) => sum + x * fitted[k], 0)) / squares(() => center)
    );
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((share) => share.toFixed(2));
  return [
    `Share of the variance of the first change's log step that settings predict in a seed not looked at: ${mean.toFixed(2)} (${low} to ${high} over ${seeds.length} seeds)`,
  ];
}
