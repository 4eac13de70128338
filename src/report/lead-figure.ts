import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { type LeadCurve, type LeadPanel, leadCurvesSpec } from '../figures/lead-curves.ts';
import { metricLabel } from '../figures/metric-label.ts';
import type { SeedGroup } from '../findings/seed-groups.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import type { Run } from '../measurements/types.ts';
import { counted } from '../wording/sentences.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** Its name among the report's figures. */
export const LEAD_FIGURE = 'lead';

/** A screen shows no more, and of further networks the run sections have the curves. */
const MOST_PANELS = 12;

type Panel = Omit<LeadPanel, 'threshold'>;

interface Candidate extends LeadPanel {
  readonly architecture: string;
}

/**
 * The figure that the report opens with: the analyzed metric of all layers, over seeds where there are several, else run by
 * run; null where nothing could be described. Of many networks and conditions it shows the first of each architecture.
 */
export function leadFigure({ runs, analysis }: ReportInput): EvidenceFigure | null {
  const all = candidates(runs, analysis);
  if (all.length === 0) return null;
  const shown = chosen(all);
  const metric = metricLabel(analysis.seriesId);
  const title = `${metric.name} of every layer`;
  const kind = analysis.seedGroups.length > 0 ? 'network and condition' : 'run';
  const left = all.length - shown.length;
  return {
    title,
    caption: `${title} over training, one panel for each ${kind}${left > 0 ? ` (${shown.length} of ${all.length}; the others run by run below)` : ''}. Heavy lines are rises and falls, rings turning points.`,
    spec: leadCurvesSpec({ title, metric, panels: shown }),
  };
}

function candidates(runs: readonly Run[], analysis: StudyAnalysis): Candidate[] {
  const { seriesId, runs: analyzed, seedGroups } = analysis;
  const { inRuns, overSeeds } = analysis.heldStretches;
  const grouped = new Set(seedGroups.flatMap((group) => group.runs));
  const groups = seedGroups.map(
    (group): Candidate => ({
      ...{ ...panelOfGroup(group), architecture: group.architecture },
      threshold: overSeeds?.threshold ?? 0,
    }),
  );
  const dynamics = new Map(analyzed.map((run) => [run.runId, run]));
  const single = runs.flatMap((run): Candidate[] => {
    const own = dynamics.get(run.id);
    if (own === undefined || grouped.has(run.id)) return [];
    const threshold = inRuns.threshold;
    return [{ ...panelOfRun(run, own, seriesId), architecture: run.architecture, threshold }];
  });
  return [...groups, ...single].filter(({ curves }) => curves.length > 0);
}

function chosen(all: readonly Candidate[]): readonly Candidate[] {
  if (all.length <= MOST_PANELS) return all;
  const firsts = all.filter(
    ({ architecture }, i) => all.findIndex((other) => other.architecture === architecture) === i,
  );
  return firsts.slice(0, MOST_PANELS);
}

function panelOfGroup({ architecture, dataset, conditions, runs, layers }: SeedGroup): Panel {
  const named = [architecture, dataset, conditions].filter((part) => part !== '').join(', ');
  return {
    title: `${named} (${counted(runs.length, 'seed')})`,
    curves: layers.flatMap(({ layer, curve }, depth): LeadCurve[] => {
      if (!curve.described) return [];
      const { steps, mean: values, low, high } = curve.curve;
      const { stretches, turningPoints } = curve;
      return [{ layer, depth, steps, values, band: { low, high }, stretches, turningPoints }];
    }),
  };
}

function panelOfRun({ id, steps, layers }: Run, { layers: analyzed }: RunDynamics, seriesId: string): Panel {
  return {
    title: id,
    curves: layers.flatMap(({ name: layer, depth, series }, l): LeadCurve[] => {
      const { curve } = analyzed[l];
      const values = series.get(seriesId)?.values;
      if (!curve.described || values === undefined) return [];
      return [
        { layer, depth, steps, values, stretches: curve.stretches, turningPoints: curve.turningPoints },
      ];
    }),
  };
}
