import type { RunSummary } from '../dynamics/run-summary.ts';
import { trackSummaries } from '../dynamics/track-summary.ts';
import type { ReportInput } from './types.ts';

/**
 * `report.json`: what the page says, for programs. Series stay in the study's logs; numbers that are not determined
 * are null, with their reason beside them.
 */
export function reportJson(input: ReportInput, summaries: readonly RunSummary[]): string {
  const { manifest, analysis, findings = [], warnings = [], reproduce } = input;
  const report = {
    schemaVersion: 2,
    title: manifest.title,
    tool: manifest.tool,
    origin: manifest.origin,
    source: manifest.source,
    settings: manifest.settings,
    findings,
    warnings,
    analysis: {
      series: analysis.seriesId,
      detector: analysis.detector,
      alpha: analysis.alpha,
      seed: analysis.seed,
      rates: analysis.rates,
      falseDiscoveries: analysis.falseDiscoveries,
      holding: analysis.holding,
      jumpTypes: analysis.jumpTypes,
    },
    runs: summaries.map((summary) => ({
      ...summary,
      dynamics: analysis.runs.find(({ runId }) => runId === summary.run) ?? null,
      tracks: trackSummaries(input.runs.find(({ id }) => id === summary.run) ?? {}),
    })),
    reproduce: reproduce ?? null,
  };
  return `${JSON.stringify(report, plain, 2)}\n`;
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}
