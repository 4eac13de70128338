import { describe, expect, it } from 'vitest';
import { parseNdtRun } from '../../../src/imports/ndt/ndt-run.ts';
import { ndtLog } from '../../measurements/fixtures.ts';

const parse = (log: unknown) => parseNdtRun(JSON.stringify(log), 'log.json');
// biome-ignore lint/suspicious/noExplicitAny: tests put wrong values in on purpose
const changed = (change: (log: any) => void): string => {
  const log = ndtLog();
  change(log);
  return JSON.stringify(log);
};

describe('a log of Neural Dimensionality Tracking', () => {
  it('gives the run with what the format implies', () => {
    expect(parse(ndtLog())).toMatchObject({
      id: 'mlp_shallow_2_mnist',
      architecture: 'mlp_shallow_2',
      family: 'mlp',
      dataset: 'mnist',
      classes: 10,
      seed: null,
      parameterCount: 109386,
      plannedSteps: 20,
      steps: Float64Array.of(0, 5, 10, 15),
      gradientNorm: Float64Array.of(1, 2, 3, 4),
      evaluations: [{ step: 20, accuracy: 0.9, examples: null }],
      complete: true,
      stopped: null,
    });
  });

  it('gives the layers in network order, whatever the order of its keys', () => {
    const layers = parse(ndtLog()).layers.map(({ name, kind, depth, samples, features, pooling }) => [
      name,
      kind,
      depth,
      samples,
      features,
      pooling,
    ]);
    expect(layers).toEqual([
      ['network.0', 'linear', 0, 160, 128, 'batch × units'],
      ['network.2', 'linear', 1, 160, 64, 'batch × units'],
      ['network.4', 'classifier', 2, 160, 10, 'batch × units'],
    ]);
  });

  it('keeps the logged metrics apart from the stable rank recovered from them', () => {
    const { series } = parse(ndtLog()).layers[1];
    const summary = [...series].map(([id, { metric, centering, origin, values }]) => [
      id,
      metric,
      centering,
      origin,
      values[3],
    ]);
    expect(summary).toEqual([
      ['stable_rank.logged', 'stable_rank', null, 'logged', 1 - 1e-12],
      ['participation_ratio_singular.raw', 'participation_ratio_singular', 'none', 'logged', 8],
      ['rank_90.raw', 'rank_90', 'none', 'logged', 2],
      ['nuclear_norm_ratio.raw', 'nuclear_norm_ratio', 'none', 'logged', 8],
      ['stable_rank.raw', 'stable_rank', 'none', 'recovered', 8],
    ]);
  });

  it('recovers the stable rank of a known spectrum', () => {
    // σ = 3, 2, 1: Σσ/σ₁ = 2, (Σσ)²/Σσ² = 36/14, and the stable rank is Σσ²/σ₁² = 14/9.
    const run = parseNdtRun(
      changed((log) => {
        Object.assign(log.measurements[0].layer_metrics['network.0'], {
          participation_ratio: 36 / 14,
          nuclear_norm_ratio: 2,
        });
      }),
      'log.json',
    );
    expect(run.layers[0].series.get('stable_rank.raw')?.values[0]).toBeCloseTo(14 / 9, 14);
  });

  it('reads metrics logged as NaN as undetermined, with the reason', () => {
    const text = changed((log) => {
      log.measurements[1].layer_metrics['network.2'].participation_ratio = 'HERE';
    }).replace('"HERE"', 'NaN');
    const { series } = parseNdtRun(text, 'log.json').layers[1];
    expect(series.get('participation_ratio_singular.raw')).toMatchObject({
      values: Float64Array.of(8, Number.NaN, 8, 8),
      undetermined: [{ index: 1, reason: 'logged as NaN' }],
    });
    expect(series.get('stable_rank.raw')?.undetermined).toEqual([
      { index: 1, reason: expect.stringMatching(/missing or 0/) },
    ]);
    expect(series.get('rank_90.raw')?.undetermined).toEqual([]);
  });

  it('does not recover a stable rank where the guards of the logged formulas outweigh the activations', () => {
    const text = changed((log) => {
      log.measurements[2].layer_metrics['network.4'].stable_rank = 0.99;
    });
    const recovered = parseNdtRun(text, 'log.json').layers[2].series.get('stable_rank.raw');
    expect(recovered?.undetermined).toEqual([{ index: 2, reason: expect.stringMatching(/too small/) }]);
    expect(recovered?.values[2]).toBeNaN();
  });

  it('is not complete if measurements are missing at its end', () => {
    const text = changed((log) => {
      log.num_steps = 2000;
    });
    expect(parseNdtRun(text, 'log.json')).toMatchObject({ complete: false, stopped: null });
  });

  it.each<[string, string, RegExp]>([
    ['cut off', JSON.stringify(ndtLog()).slice(0, -100), /allowed: JSON in one piece/],
    ['empty', '', /allowed: JSON in one piece/],
    ['foreign JSON', '{"loss":[1,2]}', /log\.json: arch_name is "missing"/],
    ['a list', '[]', /log\.json: .*Neural Dimensionality Tracking/],
    [
      'an unknown network',
      changed((log) => {
        log.arch_name = 'mlp_narow';
      }),
      /arch_name is "mlp_narow"; allowed: did you mean mlp_narrow/,
    ],
    [
      'an unknown data set',
      changed((log) => {
        log.dataset_name = '__proto__';
      }),
      /dataset_name is "__proto__"; allowed: one of mnist/,
    ],
    [
      'no measurement',
      changed((log) => {
        log.measurements = [];
      }),
      /measurements .*at least one/,
    ],
    [
      'a layer missing in one record',
      changed((log) => {
        delete log.measurements[2].layer_metrics['network.2'];
      }),
      /measurements\[2\]\.layer_metrics\.network\.2 is "missing"/,
    ],
    [
      'a layer too many in one record',
      changed((log) => {
        log.measurements[2].layer_metrics.extra = {};
      }),
      /measurements\[2\]\.layer_metrics is "extra"/,
    ],
    [
      'no layers at all',
      changed((log) => {
        delete log.measurements[1].layer_metrics;
      }),
      /measurements\[1\]\.layer_metrics; allowed: an object/,
    ],
    [
      'layers of another network',
      changed((log) => {
        log.arch_name = 'cnn_shallow';
      }),
      /layer_metrics\.conv_layers\.0 is "missing"/,
    ],
    [
      'a repeated step',
      changed((log) => {
        log.measurements[2].step = 5;
      }),
      /measurements\[2\]\.step is 5; allowed: a whole number above 5/,
    ],
    [
      'a decreasing step',
      changed((log) => {
        log.measurements[2].step = 3;
      }),
      /measurements\[2\]\.step is 3/,
    ],
    [
      'a step after the last',
      changed((log) => {
        log.measurements[3].step = 21;
      }),
      /measurements\[3\]\.step is 21; .*up to 20/,
    ],
    [
      'a step that is a text',
      changed((log) => {
        log.measurements[0].step = '0';
      }),
      /measurements\[0\]\.step is "0"/,
    ],
    [
      'a loss of NaN',
      changed((log) => {
        log.measurements[1].loss = null;
      }).replace('null', 'NaN'),
      /measurements\[1\]\.loss .*allowed: a finite number/,
    ],
    [
      'an infinite loss',
      changed((log) => {
        log.measurements[1].loss = null;
      }).replace('null', '-Infinity'),
      /measurements\[1\]\.loss is -Infinity/,
    ],
    [
      'a missing gradient norm',
      changed((log) => {
        delete log.measurements[1].grad_norm;
      }),
      /measurements\[1\]\.grad_norm is "missing/,
    ],
    [
      'a missing metric',
      changed((log) => {
        delete log.measurements[1].layer_metrics['network.0'].stable_rank;
      }),
      /network\.0\.stable_rank is "missing"; allowed: a number/,
    ],
    [
      'a metric that is a text',
      changed((log) => {
        log.measurements[1].layer_metrics['network.0'].stable_rank = '1';
      }),
      /network\.0\.stable_rank is "1"/,
    ],
    [
      'an accuracy in per cent',
      changed((log) => {
        log.final_accuracy = 90;
      }),
      /final_accuracy is 90; allowed: a share/,
    ],
    [
      'an interval of 0',
      changed((log) => {
        log.measurement_interval = 0;
      }),
      /measurement_interval is 0/,
    ],
  ])('is refused with the field named: %s', (_, text, message) => {
    expect(() => parseNdtRun(text, 'log.json')).toThrow(message);
    expect(() => parseNdtRun(text, 'log.json')).toThrow(expect.objectContaining({ name: 'InputError' }));
    expect(() => parseNdtRun(text, 'log.json')).toThrow(/^log\.json: [^\n]*$/);
  });
});
