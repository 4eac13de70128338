import { courseOnLogSteps } from '../figures/dashboard/course-on-log-steps.ts';
import { intervalRows } from '../figures/dashboard/interval-rows.ts';
import { type PanelView, panelSpec } from '../figures/dashboard/panel.ts';
import { shortNames } from '../figures/short-names.ts';
import type { DeepDive, GroupDive } from '../findings/deep-dive/deep-dive.ts';
import { pInWords } from '../wording/numbers.ts';
import { brief, counted, coverage, percent } from '../wording/sentences.ts';
import { figureName } from './figure-name.ts';
import type { EvidenceFigure } from './types.ts';

/** What every panel's name among the report's figures begins with. */
export const DEEP_DIVE = 'architectures-';

/** Groups that stand beside each other. */
const MOST_GROUPS = 3;
/** Rows of a panel of layers. */
const MOST_LAYERS = 10;

/** The groups that have panels: those with most described layers. */
export function shownGroups({ groups }: DeepDive): readonly GroupDive[] {
  return groups.slice(0, MOST_GROUPS);
}

/**
 * The architectures' panels by file name without ending: for each group of networks when its layers are fast, then which of them,
 * so that what is to be compared stands in a line.
 */
export function deepDiveFigures(dive: DeepDive): Map<string, EvidenceFigure> {
  const figures = new Map<string, EvidenceFigure>();
  const add = (
    kind: string,
    index: number,
    group: GroupDive,
    title: string,
    view: PanelView,
    caption: string,
  ) => {
    const full = `${group.group}: ${title}`;
    figures.set(`${DEEP_DIVE}${kind}-${figureName(group.group, index)}`, {
      title: full,
      caption,
      spec: panelSpec(full, view),
    });
  };
  const shown = shownGroups(dive);
  for (const [index, group] of shown.entries()) {
    const course = courseView(shown, group);
    if (course !== null)
      add('when', index, group, 'along training', course, courseCaption(group, dive.alpha));
  }
  for (const [index, group] of shown.entries()) {
    if (group.overall.count === 0) continue;
    add(
      'where',
      index,
      group,
      'layer by layer',
      layersView(group, dive.alpha),
      layersCaption(group, dive.alpha),
    );
  }
  return figures;
}

function courseView(groups: readonly GroupDive[], { course, overall }: GroupDive): PanelView | null {
  if (course.length === 0 || !overall.determined) return null;
  const all = groups.flatMap((group) => group.course);
  const known = all.flatMap(({ rate }) => (rate.determined ? [rate] : []));
  const lows = known.flatMap(({ interval: [low] }) => (low > 0 ? low : []));
  const highs = known.map(({ interval: [, high] }) => high);
  // A rate of 0 has no place on a logarithmic axis.
  const overalls = groups.flatMap((group) =>
    group.overall.determined && group.overall.per1000 > 0 ? group.overall.per1000 : [],
  );
  // Boxes that begin at 0 are seen down to their upper end, and the axis has a decade at least.
  const lowest = Math.min(...lows, ...highs, ...overalls, Math.max(...highs) / 10);
  return courseOnLogSteps({
    parts: course,
    overall: overall.per1000,
    steps: [Math.min(...all.map(({ to }) => to)), Math.max(...all.map(({ to }) => to))],
    rates: [lowest / 1.2, 1.2 * Math.max(...highs)],
  });
}

function courseCaption({ early, layers, runs, overall }: GroupDive, alpha: number): string {
  const share =
    early === null
      ? ''
      : `${percent(early.count / early.of)} of ${counted(early.of, 'jump or fast stretch', 'jumps and fast stretches')} come in the first tenth of training, which has ${percent(early.expected)} of the measured steps (${pInWords(early.pValue)}, exact; null: one rate all along, the gray line). `;
  return `${share}Rate per layer and 1,000 steps in parts that grow with the step; boxes: exact Poisson ${coverage(alpha)} intervals. n = ${counted(overall.count, 'jump or fast stretch', 'jumps and fast stretches')} in ${counted(layers, 'described layer')} of ${counted(runs, 'run')}.`;
}

/** The layers with the highest rates, each with the count and the runs it is from. */
function layersView({ byLayer, overall }: GroupDive, alpha: number): PanelView {
  const shown = byLayer.slice(0, MOST_LAYERS);
  const labels = shortNames(shown.map(({ layer }) => layer));
  return intervalRows({
    rows: shown.flatMap(({ rate, runs, adjustedPValue }, i) =>
      rate.determined
        ? [
            {
              ...{ label: labels[i], value: rate.per1000, interval: rate.interval },
              note: `${brief(rate.count)} in ${brief(runs)}`,
              standsOut: (adjustedPValue ?? 1) <= alpha,
            },
          ]
        : [],
    ),
    title: 'Per layer, 1,000 steps',
    expected: overall.determined ? overall.per1000 : undefined,
  });
}

function layersCaption({ byLayer, overall, runs }: GroupDive, alpha: number): string {
  const apart = byLayer.filter(({ adjustedPValue }) => (adjustedPValue ?? 1) <= alpha);
  const which =
    byLayer.length > MOST_LAYERS
      ? `The ${MOST_LAYERS} highest rates of ${byLayer.length} layers`
      : `Rates of ${counted(byLayer.length, 'layer')}`;
  const found =
    apart.length === 0
      ? 'None differs from the group’s other layers'
      : `${counted(apart.length, 'layer')} (orange) ${apart.length === 1 ? 'differs' : 'differ'} from the group’s others`;
  return `${which}, by name over ${counted(runs, 'run')}; behind each name what was counted, in how many of them. ${found} at ${alpha} (exact test of two Poisson rates, Holm over all layers; null: the gray line’s rate everywhere). Intervals: exact Poisson, ${coverage(alpha)}. n = ${counted(overall.count, 'jump or fast stretch', 'jumps and fast stretches')}.`;
}
