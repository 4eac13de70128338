import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { binarySegmentation } from './binary-segmentation.ts';
import { bottomUp } from './bottom-up.ts';
import { lbd } from './lbd.ts';
import { localCubic } from './local-cubic.ts';
import { meanShift } from './mean-shift.ts';
import { mosum } from './mosum.ts';
import { pelt } from './pelt.ts';
import { publishedZ } from './published-z.ts';
import { rollingZ } from './rolling-z.ts';
import { slidingWindow } from './sliding-window.ts';
import type { Detector } from './types.ts';
import { wbs2 } from './wbs2.ts';

/** A detector with what may be expected of it. `test/contracts` holds every entry to that. */
export interface DetectorEntry {
  readonly detect: Detector;
  /** What it takes for a change, in a few words. */
  readonly marks: string;
  /**
   * Under what the chance of any false change in a series is at most about `alpha`, and then changes have p-values; null
   * where nothing holds it and `alpha` is ignored.
   */
  readonly errorControl: string | null;
  /** Whether it refuses measurements that are not evenly spaced. */
  readonly needsEvenSpacing: boolean;
  /** Fewest measurements that it tests with its usual options. */
  readonly fewest: number;
  /** Why it is there where there is a better one: it is the rule of another program or study. */
  readonly referenceOf: string | null;
}

/** Every change detector by its name. */
export const detectors = {
  'local-cubic': {
    detect: localCubic,
    marks:
      'transitions and kinks that neither trend, dependence, changing noise, rounding nor outliers explain',
    errorControl: 'in the families of series that `rankscope validate` simulates',
    needsEvenSpacing: false,
    fewest: 12,
    referenceOf: null,
  },
  'mean-shift': {
    detect: meanShift,
    marks: 'steps beside a straight line in a window',
    errorControl: 'for first-order noise around a nearly straight trend',
    needsEvenSpacing: false,
    fewest: 40,
    referenceOf: null,
  },
  'rolling-z': {
    detect: rollingZ,
    marks: 'values far from those just before',
    errorControl: null,
    needsEvenSpacing: false,
    fewest: 21,
    referenceOf: 'the NDT tracker',
  },
  'published-z': {
    detect: publishedZ,
    marks: 'differences of neighbors that are larger than most',
    errorControl: null,
    needsEvenSpacing: false,
    fewest: 3,
    referenceOf: 'the published study',
  },
  pelt: segmentation(pelt, 'the cuts of the cheapest partition'),
  'binary-segmentation': segmentation(binarySegmentation, 'cuts that each save most, one after another'),
  wbs2: segmentation(wbs2, 'cuts that save most in any of many intervals'),
  'sliding-window': segmentation(slidingWindow, 'cuts that save most in the middle of a window'),
  'bottom-up': segmentation(bottomUp, 'the cuts that are left when the cheapest have been joined'),
  mosum: {
    detect: mosum,
    marks: 'steps and kinks between straight lines on either side',
    errorControl: 'in long series, for weakly dependent noise around straight pieces',
    needsEvenSpacing: false,
    fewest: 80,
    referenceOf: null,
  },
  lbd: {
    detect: lbd,
    marks: 'the shortest stretches that must contain a step',
    errorControl: 'for independent normal noise around steady levels',
    needsEvenSpacing: false,
    fewest: 10,
    referenceOf: null,
  },
} as const satisfies Record<string, DetectorEntry>;

/** A search for the cheapest cuts into segments of steady level, at a penalty from which no error rate follows. */
function segmentation(detect: Detector, marks: string): DetectorEntry {
  return { detect, marks, errorControl: null, needsEvenSpacing: false, fewest: 20, referenceOf: null };
}

export type DetectorName = keyof typeof detectors;

export const detectorNames = Object.keys(detectors) as readonly DetectorName[];

/** The detector used where none is named. */
export const defaultDetector: DetectorName = 'local-cubic';

/** The names of those that hold an error rate, and give p-values, each under its own assumptions. */
export const withErrorControl = detectorNames.filter((name) => detectors[name].errorControl !== null);

/**
 * @throws InputError if there is none of that name.
 * @example
 * detectorNamed('rolling-z')({ steps, values });
 */
export function detectorNamed(name: string): Detector {
  if (!isDetectorName(name)) {
    throw new InputError({ field: 'detector', value: name, allowed: oneOf(name, detectorNames) });
  }
  return detectors[name].detect;
}

/** Whether there is a detector of this name. */
export function isDetectorName(name: string): name is DetectorName {
  return Object.hasOwn(detectors, name);
}
