import { InputError } from '../errors/input-error.ts';
import { oneOf } from '../errors/nearest-name.ts';
import { binarySegmentation } from './detectors/binary-segmentation.ts';
import { bottomUp } from './detectors/bottom-up.ts';
import { lbd } from './detectors/lbd.ts';
import { localCubic } from './detectors/local-cubic.ts';
import { meanShift } from './detectors/mean-shift.ts';
import { mosum } from './detectors/mosum.ts';
import { pelt } from './detectors/pelt.ts';
import { publishedZ } from './detectors/published-z.ts';
import { rollingZ } from './detectors/rolling-z.ts';
import { slidingWindow } from './detectors/sliding-window.ts';
import { wbs2 } from './detectors/wbs2.ts';
import type { Detector } from './types.ts';

/**
 * Every change detector by its name. With error control, each under its own assumptions: local-cubic, mean-shift, mosum
 * and lbd. Without: the segmentations (pelt to bottom-up), and the z rules, which are references.
 */
export const detectors = {
  'local-cubic': localCubic,
  'mean-shift': meanShift,
  'rolling-z': rollingZ,
  'published-z': publishedZ,
  pelt,
  'binary-segmentation': binarySegmentation,
  wbs2,
  'sliding-window': slidingWindow,
  'bottom-up': bottomUp,
  mosum,
  lbd,
} as const satisfies Record<string, Detector>;

export type DetectorName = keyof typeof detectors;

export const detectorNames = Object.keys(detectors) as readonly DetectorName[];

/** The detector used where none is named. */
export const defaultDetector: DetectorName = 'local-cubic';

/**
 * @throws InputError if there is none of that name.
 * @example
 * detectorNamed('rolling-z')({ steps, values });
 */
export function detectorNamed(name: string): Detector {
  if (!isDetectorName(name)) {
    throw new InputError({ field: 'detector', value: name, allowed: oneOf(name, detectorNames) });
  }
  return detectors[name];
}

/** Whether there is a detector of this name. */
export function isDetectorName(name: string): name is DetectorName {
  return Object.hasOwn(detectors, name);
}
