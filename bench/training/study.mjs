// The study of bench/training.mjs: twelve mixed runs on two cores.

import { measureBeside } from './programs.mjs';

/** The longest first, so that neither program waits for one run at the end. */
export const mixedStudy = [
  'transformer_deep',
  'cnn_deep',
  'transformer_shallow',
  'transformer_narrow',
  'cnn_shallow',
  'mlp_verywide',
  'mlp_wide',
  'mlp_shallow_2',
  'mlp_verydeep_15',
  'mlp_deep_10',
  'mlp_medium_5',
  'mlp_narrow',
];

/**
 * A rival's time for it: two lines of processes take run after run, as our workers do; starting them does not count.
 *
 * @param startOf what a network's runs begin with, see start.mjs.
 */
export async function rivalStudy(program, setting, { startOf, ...run }) {
  const waiting = mixedStudy.map((network) => ({ ...run, network, start: startOf(network) }));
  const line = async () => {
    const sum = { seconds: 0, cpu: 0 };
    while (waiting.length > 0) {
      const { seconds, cpu } = await measureBeside(program, waiting.shift(), setting);
      sum.seconds += seconds;
      sum.cpu += cpu;
    }
    return sum;
  };
  const [one, other] = await Promise.all([line(), line()]);
  return { seconds: Math.max(one.seconds, other.seconds), cpu: one.cpu + other.cpu };
}
