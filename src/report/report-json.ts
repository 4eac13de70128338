import type { RunSummary } from '../dynamics/run-summary.ts';
import type { SeedsDescription } from '../dynamics/stretches/seeds/types.ts';
import { trackSummaries } from '../dynamics/track-summary.ts';
import type { Dashboard } from '../findings/dashboard/dashboard.ts';
import type { DeepDive } from '../findings/deep-dive/deep-dive.ts';
import { whatHappened } from '../findings/what-happened.ts';
import type { ReportInput } from './types.ts';

/**
 * `report.json`: what the page says, for programs. Series stay in the study's logs; numbers that are not determined
 * are null, with their reason beside them.
 */
export function reportJson(
  input: ReportInput,
  summaries: readonly RunSummary[],
  { dashboard, architectures }: { readonly dashboard: Dashboard; readonly architectures: DeepDive | null },
): string {
  const { manifest, analysis, findings = [], tested, warnings = [], reproduce } = input;
  const report = {
    schemaVersion: 3,
    title: manifest.title,
    tool: manifest.tool,
    origin: manifest.origin,
    source: manifest.source,
    settings: manifest.settings,
    findings,
    ...(tested !== undefined && { hypotheses: tested }),
    warnings,
    dashboard,
    architectures,
    analysis: {
      series: analysis.seriesId,
      detector: analysis.detector,
      alpha: analysis.alpha,
      seed: analysis.seed,
      happened: whatHappened(analysis),
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
    runs: summaries.map((summary) => ({
      ...summary,
      dynamics: analysis.runs.find(({ runId }) => runId === summary.run) ?? null,
      tracks: trackSummaries(input.runs.find(({ id }) => id === summary.run) ?? {}),
    })),
    reproduce: reproduce ?? null,
  };
  return `${JSON.stringify(report, plainNumbers, 2)}\n`;
}

/** The curve over seeds follows from the logs. */
function withoutSeries(curve: SeedsDescription) {
  if (!curve.described) return curve;
  const { curve: _, ...rest } = curve;
  return rest;
}

/** For `JSON.stringify`: arrays of numbers as such, maps as objects, numbers that are not finite as null. */
export function plainNumbers(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}
