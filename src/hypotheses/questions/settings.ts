import type { Hypothesis } from '../types.ts';
import { type SettingName, settingsObservations } from './settings-design.ts';
import { type Outcome, settingsEffect } from './settings-regression.ts';

/** Whether hyper-parameters predict when changes come, and how many. */
const question = 'Can hyper-parameters predict or control changes?';

const settings: Readonly<Record<SettingName, { readonly words: string; readonly needs: string }>> = {
  learningRate: { words: 'learning rate', needs: 'grid: {learningRate: [0.0003, 0.001, 0.003]}' },
  batchSize: { words: 'batch size', needs: 'grid: {batchSize: [8, 32, 128]}' },
  width: {
    words: 'width',
    needs:
      'architectures: [{name: narrow, family: mlp, hidden: [16, 16]}, {name: wide, family: mlp, hidden: [64, 64]}]',
  },
};

const outcomes: Readonly<
  Record<Outcome, { readonly name: string; readonly claim: string; readonly of: string }>
> = {
  timing: {
    name: 'moves-changes',
    claim: 'moves the step at which layers first change',
    of: 'Step at which the first change of a layer is half-way',
  },
  rate: {
    name: 'sets-their-number',
    claim: 'changes how many changes there are per layer and step',
    of: 'Changes per layer and step',
  },
};

/** For each setting, when and how many. */
export const settingsHypotheses: readonly Hypothesis[] = (Object.keys(settings) as SettingName[]).flatMap(
  (setting) => (Object.keys(outcomes) as Outcome[]).map((outcome) => settingHypothesis(setting, outcome)),
);

function settingHypothesis(setting: SettingName, outcome: Outcome): Hypothesis {
  const { words, needs } = settings[setting];
  const { name, claim, of } = outcomes[outcome];
  return {
    name: `${words.replace(' ', '-')}-${name}`,
    question,
    claim: `The ${words} ${claim}.`,
    measure: outcome === 'timing' ? 'step of the first change' : 'changes per layer and step',
    windows: `runs that differ in ${words}`,
    test: (evidence, context) => {
      const found = settingsEffect(settingsObservations(evidence), setting, outcome, context);
      if (found === null) {
        return {
          tested: false,
          needs: `runs that differ in ${words} and in nothing that goes with it, several seeds of each: \`${needs}\` in the study file`,
        };
      }
      const { elasticity, interval, pValue, smallestPValue, observations, seeds } = found;
      return {
        tested: true,
        statistic: `${of}, regressed on ${words} and every other setting that varies`,
        effect: { value: elasticity, interval, unit: `doublings per doubling of the ${words}` },
        predicted: 0,
        model: `outcomes exchanged among runs that differ in ${words} alone`,
        ...{ pValue, smallestPValue },
        observations: observations.length,
        groups: seeds,
        runs: observations.map(({ run }) => run),
      };
    },
  };
}
