import { extremeOf, halfWay, lastOf, layerCurve, movements, trackCurve, valueAt } from './curves.ts';
import { between, exactly, factOf } from './fact.ts';
import { setting } from './settings.ts';
import type { KnownFact, KnownStudy, KnownTransition } from './types.ts';

const source =
  'Saxe, McClelland & Ganguli 2013, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks';

/** A measurement of step t is taken after its update, when t + 1 updates have been made. */
const updatesAtStep = 1;

/** The step at which mode k of a two-layer linear network is half learned: ln((s − a) / a) / (2 s η) updates. */
export function halfLearned(strength: number, start: number, rate: number): number {
  return Math.log((strength - start) / start) / (2 * strength * rate) - updatesAtStep;
}

interface Modes {
  readonly strengths: readonly number[];
  readonly starts: readonly number[];
  readonly rate: number;
}

function modesOf(study: KnownStudy): Modes {
  const strengths = setting<number[]>(study, 'datasets.0.singularValues');
  const aligned = setting<number | number[]>(study, 'architectures.0.initial.aligned');
  return {
    strengths,
    starts: typeof aligned === 'number' ? strengths.map(() => aligned) : aligned,
    rate: setting(study, 'training.learningRate'),
  };
}

/** One rise for every mode, where theory puts it, and no other. */
function stages(study: KnownStudy, { strengths, starts, rate }: Modes): KnownFact[] {
  const rises = study.runs.map((run) =>
    strengths.map((_, mode) => movements(trackCurve(run, 'modes', `mode ${mode + 1}`, 'strength'), 'rise')),
  );
  const beside = rises.map((ofRun) => ofRun.reduce((sum, found) => sum + Math.max(0, found.length - 1), 0));
  return [
    ...strengths.map((strength, mode) =>
      factOf(
        `mode ${mode + 1} half learned, step`,
        exactly(halfLearned(strength, starts[mode], rate), 0.02),
        rises.map((ofRun) => (ofRun[mode].length === 0 ? null : halfWay(ofRun[mode][0]))),
      ),
    ),
    factOf(
      'rises beside these',
      exactly(0, 0),
      beside.map((value) => ({ value })),
    ),
  ];
}

/** (Σ s)² / Σ s² of some strengths: the participation ratio of eigenvalues s. */
function participationRatio(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) ** 2 / values.reduce((sum, value) => sum + value ** 2, 0);
}

/** Modes of unequal strength: learned in order, one after another, while the participation ratio does not count them. */
export const deepLinear: KnownTransition = {
  name: 'deep-linear',
  title: 'Deep linear network, stages of learning',
  source,
  judge: (study) => {
    const modes = modesOf(study);
    const layer = study.runs.map((run) => layerCurve(run, 'network.0', 'participation_ratio'));
    const product = study.runs.map((run) => layerCurve(run, 'network.2', 'participation_ratio'));
    const learned = study.runs.map((run) =>
      modes.strengths.filter(
        (_, mode) => lastOf(trackCurve(run, 'modes', `mode ${mode + 1}`, 'learned')) > 0.5,
      ),
    );
    const values = (numbers: readonly number[]) => numbers.map((value) => ({ value }));
    // Where the hidden layer holds √s of each mode, its outputs have variance s, and those of the network s².
    const ends = [participationRatio(modes.strengths), participationRatio(modes.strengths.map((s) => s * s))];
    return [
      ...stages(study, modes),
      factOf(
        'modes learned at the end',
        exactly(modes.strengths.length, 0),
        values(learned.map(({ length }) => length)),
      ),
      factOf('participation ratio, hidden, end', exactly(ends[0], 0.02), values(layer.map(lastOf))),
      factOf('participation ratio, output, end', exactly(ends[1], 0.02), values(product.map(lastOf))),
      factOf(
        'participation ratio, hidden, least',
        between(1, 1.5),
        values(layer.map((curve) => extremeOf(curve, 'smallest').value)),
      ),
    ];
  },
};

/** Modes of equal strength that start ever smaller: here the participation ratio counts them. */
export const deepLinearWalk: KnownTransition = {
  name: 'deep-linear-walk',
  title: 'Deep linear network, equal modes',
  source,
  judge: (study) => {
    const modes = modesOf(study);
    const { strengths, starts, rate } = modes;
    const times = strengths.map((strength, mode) => halfLearned(strength, starts[mode], rate));
    return [
      ...stages(study, modes),
      ...times.map((time, mode) =>
        factOf(
          `participation ratio, output, with ${mode + 1} learned`,
          exactly(mode + 1, 0.02),
          // Half-way to the next stage, or as far behind the last.
          study.runs.map((run) => ({
            value: valueAt(
              layerCurve(run, 'network.2', 'participation_ratio'),
              mode + 1 < times.length ? (time + times[mode + 1]) / 2 : time + (time - times[mode - 1]) / 2,
            ),
          })),
        ),
      ),
    ];
  },
};
