import { counted, percent } from '../../wording/sentences.ts';
import type { AuditContext } from './audit-context.ts';
import type { Evidence } from './evidence.ts';
import type { RunJumps } from './jump-table.ts';

/** When jumps fall: as published, by the claim's own rule on true steps, and as the detector finds them. */
export function jumpTimesEvidence(
  { jumps, ownRuleJumps, asPublished, asPublishedJumps, analysis, runs }: AuditContext,
  fraction: number,
): Evidence {
  const length = Math.max(1, ...runs.map(({ plannedSteps }) => plannedSteps));
  const panel = (label: string, table: readonly RunJumps[]) => {
    const times = table.flatMap(({ layers }) => layers.flatMap((layer) => layer.times));
    return { label: `${label}: ${counted(times.length, 'jump')}`, times, length };
  };
  return {
    kind: 'event-times',
    title: 'When jumps fall depends on the axis and on the rule',
    caption: `Histograms of the times of jumps over ${counted(runs.length, 'run')}; the dashed line marks ${percent(fraction)} of training.`,
    boundary: fraction * length,
    panels: [
      ...(asPublishedJumps === null
        ? []
        : [
            panel(
              `As published: ${asPublished?.detector} on ${asPublished?.series}, ${asPublished?.axis === 'index' ? 'measurement index taken for step' : 'training steps'}`,
              asPublishedJumps,
            ),
          ]),
      ...(ownRuleJumps === null
        ? []
        : [panel(`${asPublished?.detector} on ${analysis.seriesId}, true training steps`, ownRuleJumps)]),
      panel(`${analysis.detector} on ${analysis.seriesId}, true training steps`, jumps),
    ],
  };
}
