import type { MetricSeries, Track } from '../../src/measurements/types.ts';

function series(
  metric: string,
  values: readonly number[],
  reasons: readonly string[] = [],
): [string, MetricSeries] {
  const undetermined = reasons.flatMap((reason, index) => (reason === '' ? [] : [{ index, reason }]));
  const numbers = Float64Array.from(values);
  return [metric, { metric, centering: null, origin: 'measured', values: numbers, undetermined }];
}

/** Weights of one matrix and the sharpness, each on steps of its own; one noise scale is missing. */
export function sampleTracks(matrix = 'network.0.weight'): Track[] {
  const network = { name: 'network', rows: null, columns: null, singularValues: null };
  return [
    {
      id: 'weights',
      steps: Float64Array.of(0, 100, 200),
      subjects: [
        {
          name: matrix,
          rows: 32,
          columns: 784,
          series: new Map([
            series('stable_rank', [20, 10, 5]),
            series('tail_exponent', [Number.NaN, 4, 2.5], ['too few', '', '']),
            series('spectral_norm', [1, 2, 3]),
            series('distance_from_start', [0, 0.5, 1.25]),
            series('update', [0.01, 0.005, 0.002]),
          ]),
          singularValues: null,
        },
      ],
    },
    {
      id: 'gradient-noise',
      steps: Float64Array.of(0, 100),
      subjects: [
        { ...network, series: new Map([series('noise_scale', [64, Number.NaN], ['', 'lost in the noise'])]) },
      ],
    },
    {
      id: 'sharpness',
      steps: Float64Array.of(0),
      subjects: [{ ...network, series: new Map([series('sharpness', [12.5])]) }],
    },
  ];
}
