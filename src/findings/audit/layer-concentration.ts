import { permutation } from '../../numerics/random.ts';
import { counted, percent } from '../../wording/sentences.ts';
import type { AuditContext } from './audit-context.ts';
import type { Assessment, Estimates } from './evidence.ts';
import { countJumps, type LayerJumps, type RunJumps } from './jump-table.ts';
import { byOwnRule } from './own-rule.ts';
import { estimateRatio } from './ratio-estimate.ts';
import { twoSidedPValue } from './time-shifts.ts';
import { idsOf, totalJumps, withoutChance } from './wording.ts';

export interface Concentration {
  /** Positions of the runs that the claim is about. */
  readonly members: readonly number[];
  /** Whether a layer of a run is one of those in which jumps are said to sit. */
  readonly meant: (run: number, layer: LayerJumps) => boolean;
  /** What those layers are, in words. */
  readonly where: string;
  readonly claimed: number;
  /** Sentences to put first. */
  readonly notes: readonly string[];
}

/**
 * Whether a share of the jumps sits in certain layers, beyond those layers' share of what was watched. Null model: within
 * each run the jump counts of its testable layers are dealt to those layers in random order.
 */
export function evaluateConcentration(
  context: AuditContext,
  { members, meant, where, claimed, notes: first }: Concentration,
): Assessment {
  const { jumps, ownRuleJumps, asPublished, asPublishedJumps, analysis, alpha } = context;
  const wanted = new Set(members);
  const inside = (table: readonly RunJumps[]): number[] =>
    table.map((run, i) => (wanted.has(i) ? countJumps(run, (_, layer) => meant(i, layer)) : 0));
  const all = (table: readonly RunJumps[]): number[] =>
    table.map((run, i) => (wanted.has(i) ? countJumps(run) : 0));
  const shareIn = (table: readonly RunJumps[]): string => {
    const total = sum(all(table));
    return total === 0 ? 'no jumps' : `${percent(sum(inside(table)) / total)} of ${counted(total, 'jump')}`;
  };
  const own = members.map((i) => jumps[i]);
  const tested = own.reduce((count, { layers }) => count + layers.length, 0);
  const testedInside = members.reduce(
    (count, i) => count + jumps[i].layers.filter((layer) => meant(i, layer)).length,
    0,
  );
  const shareOf = (own: AuditContext, table: readonly RunJumps[]) =>
    estimateRatio(own, inside(table), all(table));
  const estimate = shareOf(context, jumps);
  const expected = testedInside / tested;
  const statistic = `Share of jumps (${analysis.detector}, ${analysis.seriesId}) in ${where}`;
  const notes = [
    ...first,
    totalJumps(own) === 0
      ? `No jump was found in the ${tested} testable layers, of which ${testedInside} are such layers.`
      : `${sum(inside(jumps))} of ${counted(totalJumps(own), 'jump')} found sit there; so would ${percent(expected)}, spread evenly over the ${tested} testable layers, of which ${testedInside} are such layers.`,
    ...(ownRuleJumps === null || asPublishedJumps === null
      ? []
      : [
          `By the claim's own rule it is ${shareIn(ownRuleJumps)}, in ${percent(layerShare(context, members, meant))} of the layers; as published ${shareIn(asPublishedJumps)}.`,
        ]),
  ];
  const row = (label: string, table: readonly RunJumps[] | null) => {
    const total = table === null ? 0 : sum(all(table));
    if (table === null || total === 0) return [];
    const found = shareOf(context, table);
    return [
      {
        label,
        value: found.value,
        interval: found.determined ? found.interval : null,
        note: counted(total, 'jump'),
      },
    ];
  };
  const evidence: Estimates & { title: string; caption: string } = {
    kind: 'estimates',
    title: `Share of jumps in ${where}`,
    caption: `Points: shares; bars: ${100 * (1 - alpha)} % intervals over clusters of runs. Gray: the share of ${testedInside > 0 ? 'testable' : 'measured'} layers that are such layers; orange: the share claimed.`,
    axis: 'Share of jumps',
    claimed,
    expected: testedInside > 0 ? expected : layerShare(context, members, meant),
    rows: [
      ...row(analysis.detector, jumps),
      ...row(`${asPublished?.detector}, same series`, ownRuleJumps),
      ...row('as published', asPublishedJumps),
    ],
  };
  const unit = 'share of jumps';
  const common = {
    statistic,
    claimed: { low: claimed, high: claimed },
    runs: idsOf(context, members),
    ...byOwnRule(context, unit, shareOf),
    ...(evidence.rows.length === 0 ? {} : { evidence }),
  };
  if (!estimate.determined || testedInside === 0) {
    return {
      ...common,
      testable: false,
      reason:
        testedInside === 0
          ? 'none of those layers could be tested for jumps'
          : (estimate as { reason: string }).reason,
      needed: 'runs in which those layers can be tested for jumps and some jump; more seeds',
      notes,
    };
  }
  return {
    ...common,
    testable: true,
    effect: { value: estimate.value, interval: estimate.interval, unit },
    null: {
      model: 'jump counts dealt at random to the testable layers of each run',
      pValue: dealtPValue(context, members, meant),
      expected,
    },
    asserts: 'difference',
    notes: [...notes, ...withoutChance(context, estimate.bearing, estimate.statistic, percent)],
  };
}

function dealtPValue(
  { jumps, rng, resamples }: AuditContext,
  members: readonly number[],
  meant: Concentration['meant'],
): number {
  const random = rng.fork('dealt');
  const table = members.map((i) => ({
    counts: jumps[i].layers.map(({ times }) => times.length),
    meant: jumps[i].layers.map((layer) => meant(i, layer)),
  }));
  const observed = sum(members.map((i) => countJumps(jumps[i], (_, layer) => meant(i, layer))));
  const drawn = Float64Array.from({ length: resamples }, () => {
    let hits = 0;
    for (const run of table) {
      const order = permutation(run.counts.length, random);
      for (let l = 0; l < order.length; l++) if (run.meant[l]) hits += run.counts[order[l]];
    }
    return hits;
  });
  return twoSidedPValue(observed, drawn);
}

/** Share of all measured layers, testable or not. */
function layerShare(
  { runs }: AuditContext,
  members: readonly number[],
  meant: Concentration['meant'],
): number {
  let [inside, all] = [0, 0];
  for (const i of members) {
    for (const { name, kind } of runs[i].layers) {
      all++;
      if (meant(i, { layer: name, kind, times: [] })) inside++;
    }
  }
  return inside / all;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
