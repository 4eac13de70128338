import type { Detection } from '../detectors/types.ts';
import { matchChanges } from './harness/match-changes.ts';

/** What one method, a detector or a metric, says of the same series as others. */
export interface Opinion {
  readonly name: string;
  /** One per series, in the order of the others. */
  readonly detections: readonly Detection[];
}

/** How far two methods find the same changes. */
export interface Agreement {
  readonly first: string;
  readonly second: string;
  /** Series that both could test. */
  readonly series: number;
  /** Changes that each found in those. */
  readonly found: readonly [number, number];
  /** Changes of one that stand within `margin` training steps of one of the other, one to one. */
  readonly matched: number;
  /** Matched changes over all different ones (Jaccard index), 0 to 1; null where neither found any. */
  readonly share: number | null;
}

/**
 * Compares methods pair by pair on the series that both could test. Agreement is no proof: two methods with the same
 * weakness agree on what is not there.
 *
 * @param margin largest distance in training steps between two reports of one change.
 * @throws RangeError where the opinions are not of equally many series.
 * @example
 * agreement([{ name: 'pelt', detections: a }, { name: 'mosum', detections: b }], 25);
 */
export function agreement(opinions: readonly Opinion[], margin: number): Agreement[] {
  for (const { name, detections } of opinions) {
    if (detections.length !== opinions[0].detections.length) {
      throw new RangeError(
        `${name} speaks of ${detections.length} series, others of ${opinions[0].detections.length}`,
      );
    }
  }
  return opinions.flatMap((first, i) =>
    opinions.slice(i + 1).map((second) => agreementOf(first, second, margin)),
  );
}

function agreementOf(first: Opinion, second: Opinion, margin: number): Agreement {
  let series = 0;
  let matched = 0;
  const found: [number, number] = [0, 0];
  first.detections.forEach((one, i) => {
    const other = second.detections[i];
    if (!one.testable || !other.testable) return;
    const [a, b] = [stepsOf(one), stepsOf(other)];
    series++;
    found[0] += a.length;
    found[1] += b.length;
    const places = b.map((step) => ({ first: step, last: step }));
    matched += matchChanges(a, places, margin).length;
  });
  const different = found[0] + found[1] - matched;
  return {
    first: first.name,
    second: second.name,
    series,
    found,
    matched,
    share: different === 0 ? null : matched / different,
  };
}

function stepsOf({ changes }: Extract<Detection, { testable: true }>): number[] {
  return changes.map(({ step }) => step).sort((a, b) => a - b);
}
