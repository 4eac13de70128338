import { InvalidArgumentError, Option } from 'commander';
import { type StyleName, styleNames } from '../figures/styles.ts';

/** What the option of every command that writes figures says. */
export interface StyleFlag {
  readonly style?: StyleName;
}

/** For every command that writes figures. */
export function styleOption(): Option {
  return new Option(
    '--style <name>',
    'how figures look: default, or academic for papers (DejaVu Serif, 11 pt, plots in boxes)',
  ).argParser((text) => {
    const found = styleNames.find((name) => name === text);
    if (found === undefined) throw new InvalidArgumentError(`allowed: one of ${styleNames.join(', ')}`);
    return found;
  });
}
