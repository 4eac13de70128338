import type { Finding } from '../findings/finding.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import type { Run, StudyFactors } from '../measurements/types.ts';
import type { Random } from '../numerics/random.ts';
import type { CheckpointPlan } from '../planning/types.ts';
import type { Determined } from '../spectra/types.ts';

/** One measure of one layer, attention module or parameter at one checkpoint of a run. */
export interface CheckpointValue {
  readonly run: string;
  readonly measure: string;
  readonly subject: string;
  readonly step: number;
  readonly value: Determined;
}

/** What is known of a study when its hypotheses are tested. */
export interface StudyEvidence {
  readonly runs: readonly Run[];
  /** What the curves of these runs do, in their order. */
  readonly analysis: StudyAnalysis;
  /** Windows around the changes of those curves, and their controls. */
  readonly plan: CheckpointPlan;
  /** Everything measured at checkpoints; empty where there are none. */
  readonly atCheckpoints: readonly CheckpointValue[];
  /** What was varied between the runs on purpose. */
  readonly factors: StudyFactors;
}

export interface TestContext {
  /** Of this hypothesis alone: what it draws does not depend on which others are tested. */
  readonly random: Random;
  /** Level of verdicts; intervals cover 1 − alpha. */
  readonly alpha: number;
}

/** What a hypothesis comes to on a study. */
export type Answer =
  | {
      readonly tested: true;
      /** What was computed, in words. */
      readonly statistic: string;
      readonly effect: {
        readonly value: number;
        readonly interval: readonly [number, number] | null;
        readonly unit: string;
      };
      /** Sign of the effect that the hypothesis predicts; 0 where it predicts any but none. */
      readonly predicted: 1 | -1 | 0;
      /** What the effect was held against, in words. */
      readonly model: string;
      /** Two-sided. */
      readonly pValue: number;
      /** The least p-value that so few observations can give. */
      readonly smallestPValue: number;
      /** What was compared, e.g. pairs of windows, and the independent groups that they come from. */
      readonly observations: number;
      readonly groups: number;
      /** Ids of the runs that bear on it. */
      readonly runs: readonly string[];
    }
  | {
      readonly tested: false;
      /** What the study would need: a key of its file, or a command. */
      readonly needs: string;
    };

/** A sentence about how networks learn that a study may bear out or not. */
export interface Hypothesis {
  /** Unique; letters, digits and hyphens. */
  readonly name: string;
  /** The question that it answers. */
  readonly question: string;
  /** The answer that it predicts, in one sentence. */
  readonly claim: string;
  /** What is measured, in a few words, e.g. `attention_entropy`. */
  readonly measure: string;
  /** Where or over what, e.g. `changes against controls`. */
  readonly windows: string;
  readonly test: (evidence: StudyEvidence, context: TestContext) => Answer;
}

/** A hypothesis and what became of it. */
export interface HypothesisFinding extends Finding {
  readonly question: string;
  readonly measure: string;
  readonly windows: string;
  /** Pairs of windows, runs or layers that were compared, and the independent groups they come from; 0 where nothing was. */
  readonly observations: number;
  readonly groups: number;
  /** One plain sentence for readers. */
  readonly sentence: string;
}

/** What became of all hypotheses on a study. */
export interface TestedHypotheses {
  readonly seriesId: string;
  readonly alpha: number;
  readonly seed: number;
  /** How hypotheses tested together were accounted for, in words. */
  readonly correction: string;
  readonly findings: readonly HypothesisFinding[];
}
