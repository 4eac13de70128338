/** Gaps may differ by this share. */
const TOLERANCE = 0.1;

/**
 * Why lines over the measurements' order would not be lines over training steps; null where the spacing is even within
 * 10 %. The first and the last gap may be shorter: logs often begin at step 1 and end with the run.
 */
export function unevenSpacing(steps: Float64Array): string | null {
  const gaps = steps.subarray(1).map((step, i) => step - steps[i]);
  const typical = gaps.slice().sort()[gaps.length >> 1];
  const uneven = gaps.findIndex((gap, i) => {
    const mayBeShort = i === 0 || i === gaps.length - 1;
    return !(gap > 0 && gap <= (1 + TOLERANCE) * typical && (mayBeShort || gap >= (1 - TOLERANCE) * typical));
  });
  return uneven < 0
    ? null
    : `steps ${steps[uneven]} and ${steps[uneven + 1]} are ${gaps[uneven]} apart, most others ${typical}; a straight trend needs even spacing`;
}
