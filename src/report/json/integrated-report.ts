import { detectors } from '../../detectors/registry.ts';
import type { RunDynamics } from '../../dynamics/analyze-run.ts';
import type { RunSummary } from '../../dynamics/run-summary.ts';
import type { SeedsDescription } from '../../dynamics/stretches/seeds/types.ts';
import { trackSummaries } from '../../dynamics/track-summary.ts';
import type { Dashboard } from '../../findings/dashboard/dashboard.ts';
import type { DeepDive } from '../../findings/deep-dive/deep-dive.ts';
import type { Finding } from '../../findings/finding.ts';
import type { WhatHappened } from '../../findings/what-happened.ts';
import { jsonPieces } from '../../formats/json-pieces.ts';
import { plainNumbers } from '../../formats/plain-numbers.ts';
import { studyFactors } from '../../measurements/factors.ts';
import { bibtex } from '../methods/bibtex.ts';
import { type ReportMethods, toolOf } from '../methods/methods.ts';
import { references } from '../methods/references.ts';
import type { ReportInput } from '../types.ts';
import { checkpointsJson } from './checkpoints-json.ts';

/** Rises with every field that is renamed, removed or means something else; fields may be added within a version. */
export const integratedReportVersion = 4;

/**
 * `integrated_report.json`: the whole report for programs, as `integratedReportSchema` says. Everything is computed from the runs;
 * what is not known is null, with the reason beside it. Series stay in the study's logs and in `tables/measurements.parquet`.
 */
export function* integratedReport(
  input: ReportInput,
  summaries: Iterable<RunSummary>,
  {
    dashboard,
    architectures,
    methods: { paragraphs, cited },
    happened,
  }: {
    readonly dashboard: Dashboard;
    readonly architectures: DeepDive | null;
    readonly methods: ReportMethods;
    readonly happened: WhatHappened;
  },
): Generator<string> {
  const { analysis, findings = [], tested, audited, warnings = [], reproduce } = input;
  const tool = toolOf(input);
  const report = {
    schemaVersion: integratedReportVersion,
    tool,
    study: studyJson(input),
    findings: findings.map(findingJson),
    audited:
      audited === undefined
        ? null
        : {
            title: audited.title,
            resamples: audited.resamples,
            seed: audited.seed,
            correction: audited.correction,
          },
    hypotheses: tested === undefined ? null : { ...tested, findings: tested.findings.map(findingJson) },
    warnings: warnings.map(({ run, layer, check, severity, message }) => ({
      ...{ run, layer, check, severity, message },
    })),
    dashboard,
    architectures,
    analysis: {
      series: analysis.seriesId,
      detector: analysis.detector,
      errorControl: detectors[analysis.detector].errorControl,
      alpha: analysis.alpha,
      seed: analysis.seed,
      happened,
      advice: analysis.advice,
      seedGroups: analysis.seedGroups.map((group) => ({
        ...group,
        layers: group.layers.map((layer) => ({ ...layer, curve: withoutSeries(layer.curve) })),
      })),
      heldStretches: analysis.heldStretches,
      heldRunChanges: analysis.heldRunChanges,
      rates: analysis.rates,
      falseDiscoveries: analysis.falseDiscoveries,
      jumpTypes: analysis.jumpTypes,
    },
    runs: runsJson(input, summaries),
    checkpoints: input.inside === undefined ? null : checkpointsJson(input.inside),
    methods: {
      paragraphs,
      references: cited.map((key) => ({ key, cited: references[key].short })),
      bibtex: bibtex(tool, cited),
    },
    reproduce:
      reproduce === undefined ? null : { commands: reproduce.commands, notes: reproduce.notes ?? [] },
  };
  yield* jsonPieces(report, { plain: plainNumbers, indent: 2 });
  yield '\n';
}

/** One after the other: of a large study they are most of it. */
function* runsJson({ runs, analysis }: ReportInput, summaries: Iterable<RunSummary>): Generator<object> {
  const dynamics = new Map(analysis.runs.map((run) => [run.runId, run]));
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const summary of summaries) {
    yield {
      ...summary,
      dynamics: dynamicsJson(dynamics.get(summary.run)),
      tracks: trackSummaries(byId.get(summary.run) ?? {}),
    };
  }
}

function studyJson({ manifest, runs }: ReportInput) {
  const { title, origin, source, tool, settings, machine, logs = {}, notes = [] } = manifest;
  return {
    ...{ title, origin, source, tool, settings, machine },
    factors: studyFactors(manifest, runs),
    seeds: [...new Set(runs.flatMap(({ seed }) => seed ?? []))].sort((a, b) => a - b),
    logs: runs.map(({ id }) => {
      const digest = Object.hasOwn(logs, id) ? logs[id] : undefined;
      return { run: id, records: digest?.records ?? null, sha256: digest?.sha256 ?? null };
    }),
    notes,
  };
}

/** What its layers do; when the run as a whole changed stands in its summary. */
function dynamicsJson(dynamics: RunDynamics | undefined) {
  if (dynamics === undefined) return null;
  const { layers, convergenceOrder, criticalPeriods } = dynamics;
  return { layers, convergenceOrder, criticalPeriods };
}

function findingJson<F extends Finding>(finding: F) {
  return { ...finding, uncalibratedRule: finding.uncalibratedRule ?? null };
}

/** The curve over seeds follows from the logs. */
function withoutSeries(curve: SeedsDescription) {
  if (!curve.described) return curve;
  const { curve: _, ...rest } = curve;
  return rest;
}
