/**
 * rankscope's public interface. The rooms behind it are described in docs/architecture.md.
 *
 * @module rankscope
 *
 * @example
 * import { examineStudy, writeReport } from 'rankscope';
 * const examined = await examineStudy('my-study', { metric: 'participation_ratio' });
 * const { page } = await writeReport(examined, 'my-study/report');
 */

export { type DownloadOptions, downloadDataset } from './datasets/download.ts';
export { canDerive, derivedSeries, deriveSeries, withSeries } from './derived/derive-series.ts';
export { type RunFacts, runOf } from './derived/run-of.ts';
export { type DetectorName, defaultDetector, detectorNamed, detectorNames } from './detectors/registry.ts';
export type { Change, Detection, Detector, DetectorOptions, Series } from './detectors/types.ts';
export { compareBeforeAfter } from './dynamics/before-after.ts';
export { type ConvergenceOrder, convergenceOrder } from './dynamics/convergence-order.ts';
export { criticalMoments } from './dynamics/critical-moments.ts';
export { type CriticalPeriods, criticalPeriods } from './dynamics/critical-periods.ts';
export { controlFalseDiscoveries } from './dynamics/false-discoveries.ts';
export { type JumpTypes, jumpFeatures, jumpTypes } from './dynamics/jump-types.ts';
export { type JumpRate, jumpRate, rateRatio } from './dynamics/rates.ts';
export { changesOfRun, changesOfRuns } from './dynamics/run-changes/changes-of-run.ts';
export { changesThatHold, type HoldingRunChanges } from './dynamics/run-changes/changes-that-hold.ts';
export type { Mover } from './dynamics/run-changes/movers.ts';
export { sentencesOfRun } from './dynamics/run-changes/sentences.ts';
export type { RunChange, RunChanges, RunChangesOptions } from './dynamics/run-changes/types.ts';
export { runSummary } from './dynamics/run-summary.ts';
export { type Stabilization, stabilization } from './dynamics/stabilization.ts';
export { type DescribeCurveOptions, describeCurve } from './dynamics/stretches/describe-curve.ts';
export { describeSeeds } from './dynamics/stretches/describe-seeds.ts';
export type { OverSeeds } from './dynamics/stretches/seeds/over-seeds.ts';
export type { SeedStretch, SeedsDescription } from './dynamics/stretches/seeds/types.ts';
export { sentenceOf } from './dynamics/stretches/sentence.ts';
export {
  type HoldingStretches,
  holdsAmongAll,
  stretchesThatHold,
} from './dynamics/stretches/stretches-that-hold.ts';
export { type TimingDifference, timingDifference } from './dynamics/stretches/timing-difference.ts';
export type {
  CurveDescription,
  CurveStabilization,
  Estimate,
  Stretch,
  StretchEdge,
  TurningPoint,
} from './dynamics/stretches/types.ts';
export { type TrackSummary, trackSummaries } from './dynamics/track-summary.ts';
export { InputError, type InputProblem } from './errors/input-error.ts';
export { type Audit, auditStudy } from './findings/audit/audit-study.ts';
export { type ClaimsFile, parseClaims } from './findings/audit/claims-file.ts';
export type { Finding, Verdict } from './findings/finding.ts';
export type { StudyAgreement } from './findings/study-agreement.ts';
export { analyzeStudy, type StudyAnalysis, type StudyAnalysisOptions } from './findings/study-analysis.ts';
export { type AcrossWindows, acrossWindows } from './hypotheses/across-windows.ts';
export { hypotheses } from './hypotheses/registry.ts';
export { relabelWindows } from './hypotheses/relabel-windows.ts';
export { type TestOptions, testHypotheses } from './hypotheses/test-hypotheses.ts';
export type {
  Answer,
  CheckpointValue,
  Hypothesis,
  HypothesisFinding,
  StudyEvidence,
  TestContext,
  TestedHypotheses,
} from './hypotheses/types.ts';
export type { Course } from './hypotheses/window-pairs.ts';
export { importNdtFolder, readNdtFolder } from './imports/ndt/ndt-store.ts';
export type { NamedSeries } from './imports/series/named-series.ts';
export { readSeries } from './imports/series/series-store.ts';
export type { KnownFact, KnownPlace } from './known/types.ts';
export { createGradientNoise, type GradientNoise } from './landscape/gradient-noise.ts';
export { hutchinsonTrace, type TraceEstimate } from './landscape/hutchinson-trace.ts';
export {
  type LearningCoefficient,
  type LearningCoefficientOptions,
  localLearningCoefficient,
  type SampledLoss,
} from './landscape/local-learning-coefficient.ts';
export type { Estimate as EstimateWithError } from './landscape/mean-with-error.ts';
export {
  type SpectralDensity,
  type SpectralDensityOptions,
  smoothedDensity,
  spectralDensity,
  spectralEnds,
  spectralMean,
} from './landscape/spectral-density.ts';
export type { SymmetricOperator } from './landscape/symmetric-operator.ts';
export {
  type TopEigenvalues,
  type TopEigenvaluesOptions,
  topEigenvalues,
} from './landscape/top-eigenvalues.ts';
export { studyFactors } from './measurements/factors.ts';
export { type FollowedRun, followRun } from './measurements/live-log-store.ts';
export { openRun, writeRun } from './measurements/log-store.ts';
export { createStudy, noteEndedLogs } from './measurements/study-store.ts';
export { tidyTable, toTidySeries } from './measurements/tidy.ts';
export { tidyTrackTable, toTidyTracks } from './measurements/tidy-tracks.ts';
export type { Layer, MetricSeries, Run, StudyManifest, Track } from './measurements/types.ts';
export {
  type AblationEffect,
  type AnswerChange,
  ablationEffect,
} from './mechanisms/ablation/ablation-effect.ts';
export {
  donors,
  type PlaceOutputs,
  type Replacement,
  replacePart,
} from './mechanisms/ablation/replacement.ts';
export {
  type AttentionMaps,
  type AttentionShape,
  causal,
  fromLogits,
  fromProbabilities,
  type Visibility,
} from './mechanisms/attention/attention-maps.ts';
export { copyingScore, type TokenMaps, type ValueAndOutput } from './mechanisms/attention/copying-score.ts';
export {
  type AttentionSpecialization,
  attentionEntropy,
  attentionSpecialization,
  type EntropyScale,
} from './mechanisms/attention/entropy.ts';
export { headSimilarity } from './mechanisms/attention/head-similarity.ts';
export {
  attentionDistance,
  duplicateTokenScore,
  firstTokenScore,
  inductionScore,
  previousTokenScore,
} from './mechanisms/attention/token-scores.ts';
export { type CaseControl, caseControl, type WindowPair } from './mechanisms/case-control.ts';
export type { CheckpointReading, ReadingInRun } from './mechanisms/checkpoint-reading.ts';
export {
  type Acquisition,
  type AcquisitionOptions,
  acquisitions,
  type ClassCurve,
} from './mechanisms/classes/acquisition.ts';
export { type Answers, answersOf } from './mechanisms/classes/class-accuracy.ts';
export { type FilterBank, filterBank } from './mechanisms/filters/filter-bank.ts';
export {
  type FilterDrift,
  type FilterMatch,
  filterDrift,
  matchFilters,
} from './mechanisms/filters/filter-drift.ts';
export { filterFrequency } from './mechanisms/filters/filter-frequency.ts';
export {
  filterDiversity,
  filterOrthogonality,
  filterSimilarity,
} from './mechanisms/filters/filter-similarity.ts';
export type { MeasuredValue } from './mechanisms/measured-value.ts';
export {
  type MeasureName,
  type MechanismMeasure,
  type MechanismValue,
  measureCheckpoint,
  measureCheckpoints,
  mechanismMeasures,
} from './mechanisms/measures.ts';
export { ckaMatrixBy } from './mechanisms/representations/cka-by-products.ts';
export { ckaMatrix, linearCka } from './mechanisms/representations/linear-cka.ts';
export { linearProbe } from './mechanisms/representations/linear-probe.ts';
export {
  type Classifier,
  type NeuralCollapse,
  neuralCollapse,
} from './mechanisms/representations/neural-collapse.ts';
export { type SampleDirections, sampleDirections } from './mechanisms/representations/sample-directions.ts';
export { procrustes, svcca } from './mechanisms/representations/subspace-similarity.ts';
export type { LabeledActivations } from './mechanisms/units/labeled-activations.ts';
export { mutualInformation } from './mechanisms/units/mutual-information.ts';
export {
  type ClassMeans,
  classMeans,
  discriminability,
  selectivityIndex,
} from './mechanisms/units/selectivity.ts';
export { deadUnits, hoyer, shareBelow, trevesRolls } from './mechanisms/units/sparsity.ts';
export { type Factor, type MatrixProducts, plainProducts } from './numerics/band/matrix-products.ts';
export { createRandom, type Random } from './numerics/random.ts';
export { type PlanOptions, planCheckpoints } from './planning/plan-checkpoints.ts';
export { formatPlan, parsePlan, planSteps } from './planning/plan-file.ts';
export type { CheckpointPlan, CheckpointWindow, RunCheckpoints, Strategy } from './planning/types.ts';
export type { Probed } from './probe/probe-model.ts';
export type { Replay } from './probe/replay.ts';
export { checkAgainstPublished } from './published/check.ts';
export { reproduce } from './published/reproduce.ts';
export { buildReport } from './report/build-report.ts';
export { type MetricName, metricNames, metrics } from './spectra/metrics.ts';
export { spectralVelocity } from './spectra/spectral-velocity.ts';
export { spectraOf, spectrumOf } from './spectra/spectrum.ts';
export { type TailExponent, tailExponent } from './spectra/tail-exponent.ts';
export type { Determined, Matrix, Metric, Spectrum } from './spectra/types.ts';
export { type WeightChange, weightChange } from './spectra/weight-change.ts';
export type { RunElsewhere, TrainedStudy } from './study/execute-study.ts';
export { presets } from './study/presets.ts';
export { repairStudy } from './study/repair-store.ts';
export { checkStudyFile, parseStudyFile, type StudyFile, type StudyFileInput } from './study/study-file.ts';
export type { RepairedStudy, StudyVerification } from './study/verification.ts';
export { verifyStudy } from './study/verify-store.ts';
export { formatCsv } from './tables/csv.ts';
export { formatParquet } from './tables/parquet.ts';
export { type Cell, type Column, records, type Table, table } from './tables/table.ts';
export { type RuntimeProducts, runtimeProducts } from './training/session-products.ts';
export {
  type MeasureStretchesOptions,
  measureStretches,
  type StretchesReport,
} from './validity/curves/measure-stretches.ts';
export { type DataCheckResult, factsOf, runDataChecks } from './validity/data-checks.ts';
export type { ValidityReport } from './validity/harness/report.ts';
export type { DetectorSource } from './validity/harness/types.ts';
export { type ValidateOptions, validateDetector } from './validity/harness/validate-detector.ts';
export { measureRunAlarms, measureRunPower } from './validity/run-changes/measure-run-changes.ts';
export type { MatrixOptions } from './weights/stacked-parts.ts';
export type { ExaminedCheckpoint } from './weights/weights-table.ts';
export { type AnalyzedShare, analyzeShareOf, type Share } from './workbench/analyze-share.ts';
export {
  type ComparedStudies,
  type CompareStudiesChoice,
  compareStudiesIn,
  writeComparison,
} from './workbench/compare-studies.ts';
export { type ExaminedRun, examineRun, type RunExaminationChoice } from './workbench/examine-run.ts';
export {
  type AnalysisChoice,
  type AnalyzedStudy,
  analyzeStudyIn,
  type CacheUse,
  type ExaminationChoice,
  type ExaminedStudy,
  examineStudy,
} from './workbench/examine-study.ts';
export { type ExamineWeightsOptions, examineWeights } from './workbench/examine-weights.ts';
export { type ImportLogsOptions, importLogs } from './workbench/import-logs.ts';
export { readClaims, readPlan, readStudyFile } from './workbench/input-files.ts';
export { type InsideOptions, type InsideStudy, insideRuns } from './workbench/inside-runs.ts';
export {
  type ValidatedTransition,
  type ValidateKnownOptions,
  validateKnown,
} from './workbench/known-store.ts';
export {
  type LandscapeValue,
  measureLandscape,
  type StudyLandscape,
  type StudyLandscapeOptions,
} from './workbench/measure-landscape.ts';
export {
  type MechanismOptions,
  measureMechanisms,
  type RunMechanismValue,
  type StudyMechanisms,
} from './workbench/measure-mechanisms.ts';
export {
  type OpenStudy,
  openRunOf,
  openStudy,
  openStudy as readStudy,
  readRun,
} from './workbench/open-study.ts';
export { type ProbeCheckpointsOptions, probeCheckpoints } from './workbench/probe-store.ts';
export type { Advance, OnProgress } from './workbench/progress.ts';
export { type Reproduction, reproduceStudy } from './workbench/reproduce-store.ts';
export { studyEvidence, type TestChoice, type TestedStudy, testStudy } from './workbench/test-study.ts';
export { trainAroundChanges } from './workbench/train-around-changes.ts';
export { type TrainStudyOptions, trainStudy } from './workbench/train-study.ts';
export { type AnnotationReport, agreementOnStudy, scoreOnAnnotations } from './workbench/validate.ts';
export { type WrittenWeights, writeWeights } from './workbench/weights-store.ts';
export {
  type WriteReportOptions,
  writeFragment,
  writeReport,
} from './workbench/write-report.ts';
export { writeAnalysis, writeStretchesValidity, writeValidity } from './workbench/write-results.ts';
