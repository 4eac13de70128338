import { type LeadCurve, leadCurvesSpec } from '../figures/lead-curves.ts';
import { metricLabel, ofEveryLayer } from '../figures/metric-label.ts';
import { type NetworkPanel, networkPanels, panelsLeft } from './network-panels.ts';
import type { EvidenceFigure, ReportInput } from './types.ts';

/** Its name among the report's figures. */
export const LEAD_FIGURE = 'lead';

/**
 * The figure that the report opens with: the analyzed metric of all layers, over seeds where there are several, else run by
 * run; null where nothing could be described. Of many networks and conditions it shows the first of each architecture.
 */
export function leadFigure(input: ReportInput): EvidenceFigure | null {
  const { seriesId } = input.analysis;
  const panels = networkPanels(input);
  if (panels.shown.length === 0) return null;
  const metric = metricLabel(seriesId);
  const title = ofEveryLayer(metric);
  return {
    title,
    caption: `${title} over training, one panel for each ${panels.kind}${panelsLeft(panels)}. Heavy lines are rises and falls, rings turning points.`,
    spec: leadCurvesSpec({
      ...{ title, metric },
      panels: panels.shown.map((panel) => {
        const { title: name, threshold } = panel;
        return { title: name, threshold, curves: curvesOf(panel, seriesId) };
      }),
    }),
  };
}

function curvesOf(panel: NetworkPanel, seriesId: string): LeadCurve[] {
  if (panel.of === 'seeds') {
    return panel.group.layers.flatMap(({ layer, curve }, depth): LeadCurve[] => {
      if (!curve.described) return [];
      const { steps, mean: values, low, high } = curve.curve;
      const { stretches, turningPoints } = curve;
      return [{ layer, depth, steps, values, band: { low, high }, stretches, turningPoints }];
    });
  }
  const { run, dynamics } = panel;
  return run.layers.flatMap(({ name: layer, depth, series }, l): LeadCurve[] => {
    const { curve } = dynamics.layers[l];
    const values = series.get(seriesId)?.values;
    if (!curve.described || values === undefined) return [];
    const { stretches, turningPoints } = curve;
    return [{ layer, depth, steps: run.steps, values, stretches, turningPoints }];
  });
}
