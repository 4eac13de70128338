import type { Curve } from '../../../../src/report/page/chart/curve.ts';

/** A curve over steps 0, 5, 10 … */
export function curve(label: string, values: readonly number[], rest: Partial<Curve> = {}): Curve {
  return {
    label,
    facts: { run: label, layer: 'network.0' },
    steps: Float32Array.from(values, (_, i) => 5 * i),
    values: Float32Array.from(values),
    ...{ raw: null, band: null, marks: null, group: 0 },
    ...rest,
  };
}
