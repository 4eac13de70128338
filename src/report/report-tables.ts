import type { FalseDiscoveryControl } from '../dynamics/false-discoveries.ts';
import type { Change } from '../dynamics/types.ts';
import { type CsvValue, formatCsv } from '../measurements/csv.ts';
import { type TidyTrackRow, tidyTrackColumns, toTidyTracks } from '../measurements/tidy-tracks.ts';
import type { Run } from '../measurements/types.ts';
import type { RunSummary } from './run-summary.ts';
import type { ReportInput } from './types.ts';

type Row = Readonly<Record<string, CsvValue>>;

/** The report's tables as CSV, by file name. */
export function reportTables(input: ReportInput, summaries: readonly RunSummary[]): Map<string, string> {
  const { runs, analysis, findings = [], warnings = [] } = input;
  const dynamics = new Map(analysis.runs.map((run) => [run.runId, run]));
  const layers = runs.flatMap((run) => {
    const byName = new Map(dynamics.get(run.id)?.layers.map((layer) => [layer.layer, layer]));
    return run.layers.map(({ name, kind, depth, samples, features, series }): Row => {
      const values = series.get(analysis.seriesId)?.values;
      const layer = byName.get(name);
      return {
        run: run.id,
        layer: name,
        kind,
        depth,
        samples,
        features,
        series: analysis.seriesId,
        first: values?.at(0),
        last: values?.at(-1),
        stabilisation: layer?.stabilization.status,
        stabilisation_step: layer?.stabilization.step,
        stabilisation_reason: layer?.stabilization.reason,
        testable: layer?.detection.testable,
        changes: layer?.detection.testable ? layer.detection.changes.length : null,
        untestable_reason: layer === undefined || layer.detection.testable ? null : layer.detection.reason,
      };
    });
  });
  const changes = analysis.runs.flatMap(({ runId, layers: tested }) =>
    tested.flatMap(({ layer, depth, detection }) =>
      (detection.testable ? detection.changes : []).map(
        (change): Row => ({
          run: runId,
          layer,
          depth,
          step: change.step,
          from: change.interval[0],
          to: change.interval[1],
          kind: change.kind,
          direction: change.direction,
          effect: change.effect,
          magnitude: change.magnitude,
          p_value: change.pValue,
          survives_all_series: survives(change, analysis.falseDiscoveries),
        }),
      ),
    ),
  );
  const findingRows = findings.map(
    (finding): Row => ({
      id: finding.id,
      claim: finding.claim,
      statistic: finding.statistic,
      effect: finding.effect?.value,
      low: finding.effect?.interval?.[0],
      high: finding.effect?.interval?.[1],
      unit: finding.effect?.unit,
      null_model: finding.null?.model,
      p_value: finding.null?.pValue,
      adjusted_p_value: finding.null?.adjustedPValue,
      runs: finding.runs.length,
      verdict: finding.verdict,
      reason: finding.reason,
    }),
  );
  const rates = analysis.rates.map(
    ({ by, group, layers: tested, rate }): Row => ({
      by,
      group,
      layers: tested,
      changes: rate.count,
      per_1000_steps: rate.determined ? rate.per1000 : null,
      low: rate.determined ? rate.interval[0] : null,
      high: rate.determined ? rate.interval[1] : null,
      reason: rate.determined ? null : rate.reason,
    }),
  );
  return new Map([
    [
      'runs.csv',
      table(
        RUN_COLUMNS,
        summaries.map((summary): Row => ({ ...summary })),
      ),
    ],
    ['layers.csv', table(LAYER_COLUMNS, layers)],
    ['changes.csv', table(CHANGE_COLUMNS, changes)],
    ['rates.csv', table(RATE_COLUMNS, rates)],
    ...(runs.some(({ tracks = [] }) => tracks.length > 0)
      ? [['tracks.csv', formatCsv(tidyTrackColumns, trackRows(runs))] as const]
      : []),
    ['findings.csv', table(FINDING_COLUMNS, findingRows)],
    [
      'warnings.csv',
      table(
        WARNING_COLUMNS,
        warnings.map((warning): Row => ({ ...warning })),
      ),
    ],
  ]);
}

function* trackRows(runs: readonly Run[]): Generator<TidyTrackRow> {
  for (const run of runs) yield* toTidyTracks(run);
}

const table = (columns: string, rows: readonly Row[]): string => formatCsv(columns.split(' '), rows);

const RUN_COLUMNS =
  'run architecture family dataset seed parameters layers measurements plannedSteps lastStep complete stopped accuracy finalLoss changes testableLayers stabilisedLayers convergencePattern';
const LAYER_COLUMNS =
  'run layer kind depth samples features series first last stabilisation stabilisation_step stabilisation_reason testable changes untestable_reason';
const CHANGE_COLUMNS =
  'run layer depth step from to kind direction effect magnitude p_value survives_all_series';
const RATE_COLUMNS = 'by group layers changes per_1000_steps low high reason';
const FINDING_COLUMNS =
  'id claim statistic effect low high unit null_model p_value adjusted_p_value runs verdict reason';
const WARNING_COLUMNS = 'run layer check severity message';

/** Whether a change holds when all series of the study are looked at together; null where that cannot be said. */
function survives(change: Change, control: FalseDiscoveryControl | undefined): boolean | null {
  if (control === undefined || !control.determined || change.pValue === null) return null;
  return change.pValue <= control.threshold;
}
