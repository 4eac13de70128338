/** Round numbers within a range of a logarithmic axis: 1, 2 and 5 times powers of ten, or the powers alone where these are enough. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0 && high > low)) return [];
  const decades = Math.log10(high / low);
  const factors = decades > 3.5 ? [1] : decades > 0.8 ? [1, 2, 5] : [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
  const ticks: number[] = [];
  for (let k = Math.floor(Math.log10(low)); k <= Math.ceil(Math.log10(high)); k++) {
    for (const factor of factors) {
      const tick = Number(`${factor}e${k}`);
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }
  return ticks;
}

/** Steps on an axis that is logarithmic from the first measured step above 0 on. */
export function stepTicks(first: number, last: number): number[] {
  return [0, ...logTicks(first, last).filter((tick) => tick >= 1)];
}

/** A number as short as it can be read: 1.5k for 1,500. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(3))).replace('-', '−');
}
