import { detectors, isDetectorName } from '../../detectors/registry.ts';
import { InputError } from '../../errors/input-error.ts';
import type { Run, StudyManifest } from '../../measurements/types.ts';
import { holm } from '../../numerics/multiple-testing.ts';
import { createRandom } from '../../numerics/random.ts';
import type { DataCheckResult } from '../../validity/data-checks/types.ts';
import type { Finding } from '../finding.ts';
import { analyzeStudy, type StudyAnalysis } from '../study-analysis.ts';
import { type AuditContext, createContext, type StudyCheckpoint } from './audit-context.ts';
import { assessClaim, type Claim, checksBearingOn } from './claim-kinds.ts';
import type { ClaimsFile } from './claims-file.ts';
import type { Assessment, Evidence } from './evidence.ts';
import { explain } from './explain.ts';
import { judge } from './verdict.ts';

export interface AuditInput {
  readonly manifest: StudyManifest;
  /** All runs of the study. */
  readonly runs: readonly Run[];
  readonly claims: ClaimsFile;
  /** What `analyzeStudy` says of these runs; by default it is asked. */
  readonly analysis?: StudyAnalysis;
  /** What the data checks say of these runs. */
  readonly checks?: readonly DataCheckResult[];
  /** Weights of the runs, for claims about filters. */
  readonly checkpoints?: readonly StudyCheckpoint[];
  /** Seed of resampling and null models. Default 0. */
  readonly seed?: number;
  /** Level of verdicts; intervals cover 1 − alpha. Default 0.05. */
  readonly alpha?: number;
  /** Bootstrap replicates, and draws from null models. Default 2,000. */
  readonly resamples?: number;
  /** Called after each claim. */
  readonly onClaim?: (done: number, claim: string) => void;
}

/** What became of a study's claims. */
export interface Audit {
  /** Whose claims they are. */
  readonly title: string;
  readonly study: string;
  readonly seriesId: string;
  readonly detector: string;
  readonly alpha: number;
  readonly seed: number;
  readonly resamples: number;
  /** How claims tested together were accounted for, in words. */
  readonly correction: string;
  /** One per claim, in the order of the claims file. */
  readonly findings: readonly Finding[];
  /** What the figures show, by file name without folder and ending: `audit-<claim id>`. */
  readonly evidence: ReadonlyMap<string, Evidence>;
}

/**
 * Holds claims against a study: each is computed anew on true training steps and a sound metric, with an interval over
 * clusters of runs, and judged against a null model (see `judge`). P-values are adjusted over all claims (Holm).
 *
 * Pure: the same input and seed give the same audit, and a claim's numbers do not depend on which others are asked.
 *
 * @throws InputError if there is no run, or the analysis is of other runs.
 * @example
 * const { findings } = auditStudy({ manifest, runs, claims: parseClaims(text, 'claims.yaml') });
 */
export function auditStudy(input: AuditInput): Audit {
  const { manifest, runs, claims, seed = 0, alpha = 0.05, resamples = 2000 } = input;
  const analysis = input.analysis ?? analyzeStudy(runs, { alpha, seed });
  if (analysis.runs.length !== runs.length || analysis.runs.some(({ runId }, i) => runId !== runs[i].id)) {
    throw new InputError({
      field: 'analysis',
      allowed: 'an analysis of the runs of this study, in their order',
    });
  }
  const random = createRandom(seed);
  const context = createContext(
    {
      runs,
      analysis,
      alpha,
      resamples,
      checks: input.checks ?? [],
      checkpoints: input.checkpoints ?? [],
      asPublished: claims.asPublished,
      rng: random,
    },
    claims.dependentDatasets,
  );
  const assessments = claims.claims.map((claim, i) => {
    const assessment = assessClaim(claim, { ...context, rng: random.fork(`claim ${claim.id}`) });
    input.onClaim?.(i + 1, claim.id);
    return assessment;
  });
  const tested = assessments.flatMap((assessment, i) => (assessment.testable ? [{ i, assessment }] : []));
  const adjusted = holm(tested.map(({ assessment }) => assessment.null.pValue));
  const adjustedOf = new Map(tested.map(({ i }, t) => [i, adjusted[t]]));
  return {
    title: claims.title,
    study: manifest.title,
    seriesId: analysis.seriesId,
    detector: analysis.detector,
    alpha,
    seed,
    resamples,
    correction: `p-values adjusted by Holm (1979) over ${tested.length} tests; each interval covers ${100 * (1 - alpha)} % on its own, by a bootstrap over ${context.clusters.length} clusters of runs`,
    findings: claims.claims.map((claim, i) =>
      conclude(claim, assessments[i], adjustedOf.get(i) ?? null, context),
    ),
    evidence: new Map(
      assessments.flatMap(({ evidence }, i) =>
        evidence === undefined ? [] : [[figureOf(claims.claims[i]), evidence] as const],
      ),
    ),
  };
}

function conclude(
  claim: Claim,
  assessment: Assessment,
  adjustedPValue: number | null,
  { alpha, checks }: AuditContext,
): Finding {
  const { ownRule, claimed, evidence } = assessment;
  const tested = assessment.testable && adjustedPValue !== null ? { ...assessment, adjustedPValue } : null;
  const { verdict, by } = judge({
    claimed,
    alpha,
    tested: tested && {
      value: tested.effect.value,
      interval: tested.effect.interval,
      expected: tested.null.expected,
      adjustedPValue: tested.adjustedPValue,
      asserts: tested.asserts,
      consequence: tested.wouldProve !== undefined,
    },
    ownRuleInterval: ownRule?.effect.interval ?? null,
  });
  const decidedByOwnRule = by === 'own rule' && ownRule !== undefined;
  const bearing = checksBearingOn(claim);
  return {
    id: claim.id,
    claim: claim.claim,
    statistic: assessment.statistic,
    effect: finite(
      decidedByOwnRule
        ? { ...ownRule.effect, unit: `${ownRule.effect.unit} by ${ownRule.detector}` }
        : (assessment.effect ?? null),
    ),
    null:
      tested === null || decidedByOwnRule
        ? null
        : { model: tested.null.model, pValue: tested.null.pValue, adjustedPValue: tested.adjustedPValue },
    runs: assessment.runs,
    checks: [...new Set(checks.map(({ check }) => check).filter((check) => bearing.includes(check)))],
    verdict,
    ...(decidedByOwnRule && withoutErrorControl(ownRule.detector)
      ? { uncalibratedRule: ownRule.detector }
      : {}),
    reason: explain(assessment, adjustedPValue, { verdict, by }),
    ...(evidence === undefined ? {} : { figure: `figures/${figureOf(claim)}.svg` }),
  };
}

function withoutErrorControl(detector: string): boolean {
  return !isDetectorName(detector) || detectors[detector].errorControl === null;
}

/** A ratio to nothing is infinite, and no number to report. */
function finite(effect: Finding['effect']): Finding['effect'] {
  return effect !== null && Number.isFinite(effect.value) ? effect : null;
}

function figureOf({ id }: Claim): string {
  return `audit-${id}`;
}
