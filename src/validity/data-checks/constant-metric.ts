import { brief, counted, someOf } from '../../wording/sentences.ts';
import { faultIn, type Place, placeName } from './fault.ts';
import { measuredCheck } from './measured-check.ts';
import { ROUNDING, variationOf } from './variation.ts';

/** Fewer measurements may well coincide. */
const FEWEST_POINTS = 10;

interface SeriesTally {
  readonly constant: Place[];
  looked: number;
  widest: number;
  whole: boolean;
}

/**
 * A metric that moves no further than rounding. A whole-numbered metric (a rank) may well stay the same in some
 * layers; it is reported only where it does in all of them.
 */
export const constantMetric = measuredCheck({
  name: 'constant-metric',
  question: 'Is there a metric that does not vary beyond rounding?',
  reason:
    'Its changes are those of the last digits: whatever is found in them is found in rounding errors. ' +
    'A metric that is constant in every layer carries no information, most likely by a fault in its formula.',
  threshold: `range at most ${brief(ROUNDING)} of the value (8 roundings of float32, in which activations are computed), from ${FEWEST_POINTS} measurements`,
  begin() {
    const tallies = new Map<string, SeriesTally>();
    return {
      see({ id: run, layers }) {
        for (const layer of layers) {
          for (const [series, { values }] of layer.series) {
            const { points, relativeRange } = variationOf(values);
            if (points < FEWEST_POINTS) continue;
            let tally = tallies.get(series);
            if (tally === undefined) {
              tally = { constant: [], looked: 0, widest: 0, whole: true };
              tallies.set(series, tally);
            }
            tally.looked++;
            tally.whole &&= values.every((value) => Number.isNaN(value) || Number.isInteger(value));
            if (relativeRange > ROUNDING) continue;
            tally.constant.push({ run, layer: layer.name, series });
            tally.widest = Math.max(tally.widest, relativeRange);
          }
        }
      },
      found: () =>
        [...tallies].flatMap(([series, { constant, looked, widest, whole }]) => {
          const everywhere = constant.length === looked && looked > 1;
          if (constant.length === 0 || (whole && !everywhere)) return [];
          const where = everywhere
            ? `in any of ${counted(looked, 'layer')}`
            : `in ${constant.length} of ${counted(looked, 'layer')} (${someOf(constant.map(placeName))})`;
          const message =
            `${series} does not vary beyond rounding ${where}: its range is at most ${brief(widest)} of its value, ` +
            `threshold ${brief(ROUNDING)}`;
          const severity = everywhere ? 'error' : 'warning';
          return [faultIn(constant, looked, { check: this.name, severity, message, value: widest })];
        }),
    };
  },
});
