import {
  earlyNoise,
  earlySharpness,
  earlySpectra,
  earlyWeights,
  initializationEscape,
} from './questions/early-changes.ts';
import {
  filtersOrthogonalize,
  filtersTurn,
  headsFocus,
  headsSpecialize,
  unitsInform,
  unitsMatter,
  unitsSelect,
} from './questions/inside-changes.ts';
import { lateAcquisition } from './questions/late-acquisition.ts';
import {
  changesBecomeRarer,
  changesBecomeRarerOnLogAxis,
  otherMetricsChangeLate,
} from './questions/late-changes.ts';
import { settingsHypotheses } from './questions/settings.ts';
import type { Hypothesis } from './types.ts';

/** Every hypothesis that `rankscope test` knows; a new one is tested, tabled and reported by standing here. */
export const hypotheses: readonly Hypothesis[] = [
  headsFocus,
  headsSpecialize,
  filtersOrthogonalize,
  filtersTurn,
  unitsSelect,
  unitsInform,
  unitsMatter,
  changesBecomeRarer,
  changesBecomeRarerOnLogAxis,
  otherMetricsChangeLate,
  lateAcquisition,
  initializationEscape,
  earlyWeights,
  earlySpectra,
  earlyNoise,
  earlySharpness,
  ...settingsHypotheses,
];
