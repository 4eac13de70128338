import { InvalidArgumentError } from 'commander';
import type { MatrixOptions } from '../weights/stacked-parts.ts';

export type Splits = MatrixOptions;

const allowed =
  'allowed: taps, experts, qkv, or qkv=Q,K,V with three whole numbers; several with commas between';

/** Parses `taps,qkv` or `qkv=4096,1024,1024,experts`. */
export function splits(text: string): Splits {
  const unequal = /(?:^|,)qkv=(\d{1,9}),(\d{1,9}),(\d{1,9})(?=,|$)/.exec(text);
  const rest = (unequal === null ? text : text.replace(unequal[0], ''))
    .split(',')
    .filter((part) => part !== '');
  if (rest.some((part) => !['taps', 'experts', 'qkv'].includes(part)) || text === '') {
    throw new InvalidArgumentError(allowed);
  }
  return {
    taps: rest.includes('taps'),
    experts: rest.includes('experts'),
    qkv:
      unequal === null ? rest.includes('qkv') : [Number(unequal[1]), Number(unequal[2]), Number(unequal[3])],
  };
}
