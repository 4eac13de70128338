import { orderInWords } from '../dynamics/order-in-words.ts';
import type { JumpRate } from '../dynamics/rates.ts';
import { courseOfRates } from '../figures/dashboard/course-of-rates.ts';
import { intervalRows, MOST_ROWS } from '../figures/dashboard/interval-rows.ts';
import { type PanelView, panelSpec } from '../figures/dashboard/panel.ts';
import { couplingRows, keyNumbers, sizeRows, typeBars } from '../figures/dashboard/panels.ts';
import type { Dashboard, RateWithin } from '../findings/dashboard/dashboard.ts';
import type { Proportion } from '../findings/dashboard/proportion.ts';
import type { GroupRate } from '../findings/group-rates.ts';
import { brief, capital, counted, coverage, noneOr, percent } from '../wording/sentences.ts';
import type { EvidenceFigure } from './types.ts';

/** What every panel's name among the report's figures begins with. */
export const DASHBOARD = 'dashboard-';

const RATE_AXIS = 'Per layer, 1,000 steps';
/** Of every panel; one that shows something may say what. */
const TITLES = {
  A: 'Order in which layers become stable',
  B: 'Early, middle, late',
  C: 'By group',
  D: 'Layers fast together beyond chance',
  E: 'Along training',
  F: 'Along training, by family',
  G: 'Sizes',
  H: 'Types',
  I: 'Does the loss fall when layers are fast?',
  J: 'In numbers',
};
const THIRDS = ['early', 'middle', 'late'];

/**
 * The dashboard's panels, A to J, by file name without ending. A panel of which there is nothing to show is left out; letters
 * stay, so that a panel is called the same in every study.
 */
export function dashboardFigures(dashboard: Dashboard): Map<string, EvidenceFigure> {
  const figures = new Map<string, EvidenceFigure>();
  for (const { letter, name, title, view, caption, description } of panelsOf(dashboard)) {
    const full = `${letter}. ${title}`;
    figures.set(`${DASHBOARD}${letter.toLowerCase()}-${name}`, {
      title: full,
      ...{ caption, description },
      spec: panelSpec(full, view),
    });
  }
  return figures;
}

/** What is left out, by letter and title. */
export function panelsLeftOut(dashboard: Dashboard): string[] {
  const shown = new Set(panelsOf(dashboard).map(({ letter }) => letter));
  return Object.entries(TITLES).flatMap(([letter, title]) =>
    shown.has(letter) ? [] : `${letter}. ${title}`,
  );
}

interface Panel {
  readonly letter: string;
  readonly name: string;
  readonly title: string;
  readonly view: PanelView;
  /** What it says, of how many, by which test, against what. */
  readonly caption: string;
  readonly description?: string;
}

function panelsOf(dashboard: Dashboard): Panel[] {
  const { orders, thirds, groups, together, course, courseByFamily, sizes, types, coupling } = dashboard;
  const interval = coverage(dashboard.alpha);
  const poisson = `exact Poisson ${interval} intervals`;
  const binomial = `exact binomial ${interval} intervals`;
  const n = `n = ${counted(dashboard.overall.count, 'jump or fast stretch', 'jumps and fast stretches')} in ${counted(dashboard.described, 'described layer')}`;
  const panels: (Panel | null)[] = [
    orders && {
      ...{ letter: 'A', name: 'order', title: TITLES.A },
      view: intervalRows({
        rows: orders.map(({ pattern, share }) => shareRow(orderInWords(pattern), share)),
        title: 'Share of runs',
        isShare: true,
      }),
      caption: `${capital(list(orders.filter(({ share }) => share.count > 0).map(({ pattern, share }) => `${orderInWords(pattern)} in ${share.count}`)))} of ${counted(dashboard.runs, 'run')}. Kendall’s τ of depth and step of stabilization against all orders (null: depth plays no part), ${binomial}.`,
    },
    thirds && {
      ...{ letter: 'B', name: 'thirds', title: TITLES.B },
      view: intervalRows({
        rows: thirds.flatMap(({ rate }, i) => rateRow(THIRDS[i], rate)),
        title: RATE_AXIS,
      }),
      caption: `${capital(list(thirds.map(({ rate }, i) => `${THIRDS[i]} ${rateInWords(rate)}`)))} per layer and 1,000 steps, in thirds of training. ${n}; ${poisson}.`,
    },
    groups && groupsPanel(groups, `${n}; ${poisson}`),
    together && {
      ...{ letter: 'D', name: 'together', title: TITLES.D },
      view: intervalRows({
        rows: together.map(({ family, share }) => shareRow(family, share)),
        title: 'Share of runs',
        isShare: true,
      }),
      caption: `Of the runs that could be tested: ${list(together.map(({ family, share }) => `${family} ${share.count} of ${share.of}`))}. Null: each layer shifted circularly in time, at ${dashboard.alpha} over the whole run; of runs without any coordination about ${percent(dashboard.alpha)} would be among them. ${capital(binomial)}.`,
    },
    course && {
      ...{ letter: 'E', name: 'course', title: TITLES.E },
      view: courseOfRates([{ family: null, parts: course }], dashboard.plannedSteps),
      caption: `${inFirstTenth(course)} of all come in the first tenth of training. Rate in each twentieth of training, bands ${poisson}. ${n}.`,
    },
    courseByFamily && {
      ...{ letter: 'F', name: 'course-by-family', title: TITLES.F },
      view: courseOfRates(courseByFamily, dashboard.plannedSteps),
      caption: `In the first tenth of training: ${list(courseByFamily.map(({ family, parts }) => `${family} ${inFirstTenth(parts)}`))}. Rates as in E. ${n}.`,
    },
    sizes && {
      ...{ letter: 'G', name: 'sizes', title: TITLES.G },
      view: sizeRows(sizes),
      caption: `Medians: ${list(sizes.map(({ family, median }) => `${family} ${brief(median)}`))} standard deviations of a single measurement’s jitter. Points: medians; thick: middle half; thin: 10 to 90 %. n = ${brief(sizes.reduce((sum, { count }) => sum + count, 0))} whose jitter is known; a description, no test.`,
    },
    types && {
      ...{
        letter: 'H',
        name: 'types',
        title: types.length === 1 ? 'No types: one group' : `${types.length} types`,
      },
      view: typeBars(types),
      caption: `${types.length === 1 ? 'Jumps and fast stretches do not fall into types' : `Jumps and fast stretches fall into ${types.length} types`} (k-means; how many, by the gap statistic against features without any types). n = ${brief(types.reduce((a, b) => a + b, 0))}.`,
    },
    coupling && {
      ...{ letter: 'I', name: 'loss', title: TITLES.I },
      view: couplingRows(coupling),
      caption: `In ${noneOr(coupling.filter(({ pValue }) => pValue <= dashboard.alpha).length)} of ${counted(coupling.length, 'run')} beyond chance, not corrected for their number (about ${brief(dashboard.alpha * coupling.length)} expected if in none). Share of fast intervals in which the loss falls, less that of all intervals, with ${interval} intervals; null: the loss shifted circularly in time.`,
    },
    dashboard.described === 0
      ? null
      : {
          ...{ letter: 'J', name: 'numbers', title: TITLES.J },
          view: keyNumbers(numbersOf(dashboard)),
          caption: `Rate with its ${poisson.replace(/s$/, '')}; runs that are fast together or coupled to the loss at ${dashboard.alpha}, each of those that could be tested.`,
          description: `${numbersOf(dashboard)
            .map(([name, value]) => `${name}: ${value}`)
            .join('; ')}.`,
        },
  ];
  return panels.filter((panel) => panel !== null);
}

/** Groups in falling order of their rates; as many as have room. */
function groupsPanel(groups: readonly GroupRate[], counted: string): Panel {
  const rateOf = ({ rate }: GroupRate): number => (rate.determined ? rate.per1000 : 0);
  const shown = [...groups].sort((a, b) => rateOf(b) - rateOf(a)).slice(0, MOST_ROWS);
  const which =
    shown.length < groups.length
      ? `The ${shown.length} highest rates of ${groups.length} ${groups[0].by} groups: `
      : '';
  return {
    ...{ letter: 'C', name: 'groups', title: `By ${groups[0].by}` },
    view: intervalRows({ rows: shown.flatMap(({ group, rate }) => rateRow(group, rate)), title: RATE_AXIS }),
    caption: `${which}${list(shown.map(({ group, rate }) => `${group} ${rateInWords(rate)}`))} per layer and 1,000 steps. ${counted}.`,
  };
}

function numbersOf({ runs, layers, described, overall, together, course, coupling, alpha }: Dashboard) {
  const tested = together?.reduce((sum, { share }) => sum + share.of, 0) ?? 0;
  const beyond = together?.reduce((sum, { share }) => sum + share.count, 0) ?? 0;
  return [
    ['Runs', brief(runs)],
    ['Described layer series', `${brief(described)} of ${brief(layers)}`],
    ['Jumps and fast stretches', brief(overall.count)],
    ['Per layer and 1,000 steps', rateInWords(overall)],
    ...(course === null ? [] : [['In the first tenth of training', inFirstTenth(course)]]),
    ...(together === null ? [] : [['Runs fast together', `${beyond} of ${tested}`]]),
    ...(coupling === null
      ? []
      : [
          [
            'Runs coupled to the loss',
            `${coupling.filter(({ pValue }) => pValue <= alpha).length} of ${coupling.length}`,
          ],
        ]),
  ] as [string, string][];
}

function shareRow(label: string, { count, of, share, interval }: Proportion) {
  return { label, value: share, interval, note: `${count} of ${of}` };
}

function rateRow(label: string, rate: JumpRate) {
  return rate.determined
    ? [{ label, value: rate.per1000, interval: rate.interval, note: brief(rate.count) }]
    : [];
}

function rateInWords(rate: JumpRate): string {
  return rate.determined
    ? `${brief(rate.per1000)} (${rate.interval.map(brief).join('–')})`
    : 'not determined';
}

/** Parts are twentieths. */
function inFirstTenth(parts: readonly RateWithin[]): string {
  const total = parts.reduce((sum, { rate }) => sum + rate.count, 0);
  const early = parts.filter(({ to }) => to <= 0.1 + 1e-9).reduce((sum, { rate }) => sum + rate.count, 0);
  return total === 0 ? 'none' : percent(early / total);
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
