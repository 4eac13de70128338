// What the parts of `rankscope analyze` cost, in processor time per layer series, per build.
//
//   npm run build && node bench/analysis.mjs [--runs 12] [--layers 16] [--measurements 400] [--repeats 3]
//                                            [--study <folder>] [--dist <folder with an older build>]…
//
// Every build runs in a process of its own, by turns, on the same logs: those of study-scale.mjs unless a study is given. The parts are
// what `analyze` does with them, one after another; what all threads of the process used counts, compiling and collecting included.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    dist: { type: 'string', multiple: true, default: [resolve(import.meta.dirname, '../dist')] },
    study: { type: 'string' },
    runs: { type: 'string', default: '12' },
    layers: { type: 'string', default: '16' },
    measurements: { type: 'string', default: '400' },
    repeats: { type: 'string', default: '3' },
    // Of the process in which one build is measured.
    measure: { type: 'boolean', default: false },
  },
});

if (options.measure) {
  console.log(JSON.stringify(await measured(options.dist[0], options.study)));
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'rankscope-analysis-'));
const study = options.study ?? drawn(folder);
const rows = options.dist.map(() => []);
for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
  // By turns: what else the machine does falls on all of them.
  for (const [b, dist] of options.dist.entries())
    rows[b].push(
      JSON.parse(script('analysis.mjs', ['--measure', '--dist', resolve(dist), '--study', study])),
    );
}
rmSync(folder, { recursive: true });

const { series, parts } = rows[0][0];
console.log(
  `${series} layer series, milliseconds of processor for each; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
);
console.log(['', ...options.dist].join(' | '));
for (const part of [...Object.keys(parts), 'all']) {
  const of = ({ parts: own }) =>
    part === 'all' ? Object.values(own).reduce((sum, ms) => sum + ms, 0) : own[part];
  console.log([part, ...rows.map((turns) => (median(turns.map(of)) / series).toFixed(2))].join(' | '));
}

function drawn(into) {
  const size = ['runs', 'layers', 'measurements'].flatMap((name) => [`--${name}`, options[name]]);
  script('study-scale.mjs', ['--write', into, '--dist', resolve(options.dist[0]), ...size]);
  return into;
}

function script(name, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, name), ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function measured(dist, directory) {
  const load = (file) => import(pathToFileURL(join(dist, file)).href);
  const { openStudy } = await load('workbench/open-study.js');
  const { detectorNamed, defaultDetector } = await load('detectors/registry.js');
  const { describeCurve } = await load('dynamics/stretches/describe-curve.js');
  const { describeSeeds } = await load('dynamics/stretches/describe-seeds.js');
  const { changesOfRun, changesOfRuns } = await load('dynamics/run-changes/changes-of-run.js');
  const { groupsOfSeeds } = await load('findings/seed-groups.js');
  const studyAnalysis = await load('findings/study-analysis.js');
  const { analysisSettings, dynamicsOfRun } = studyAnalysis;
  const { jumpTypes } = await load('dynamics/jump-types.js');
  const { convergenceOrder } = await load('dynamics/convergence-order.js');
  const { criticalPeriods } = await load('dynamics/critical-periods.js');
  const { createRandom } = await load('numerics/random.js');
  const { withSeries } = await load('derived/derive-series.js');

  const parts = {};
  const part = (name, work) => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    parts[name] = (user + system) / 1000;
    return result;
  };
  const logged = part('reading the logs', () => openStudy(directory).runs);
  const settings = analysisSettings(logged, {});
  const runs = logged.map((run) => withSeries(run, settings.seriesId));
  const groups = groupsOfSeeds(runs);
  const seriesOf = ({ steps, layers }) =>
    layers.map((layer) => ({ steps, values: layer.series.get(settings.seriesId).values }));
  const all = runs.flatMap(seriesOf);
  const detect = detectorNamed(defaultDetector);
  part('the change detector', () => all.map((one) => detect(one)));
  part('describing curves', () => all.map((one) => describeCurve(one)));
  part('changes of runs', () => runs.map((run) => changesOfRun(run)));
  part('describing curves over seeds', () =>
    groups.map(({ members }) => {
      const byRun = members.map(seriesOf);
      return byRun[0].map((_, l) => describeSeeds(byRun.map((own) => own[l])));
    }),
  );
  const together = groups.map(() => ({ curves: [], runChanges: { testable: false, reason: 'not asked' } }));
  part('changes of groups', () => groups.map(({ members }) => changesOfRuns(members)));
  const dynamics = runs.map((run) => dynamicsOfRun(run, settings));
  part('order and periods', () =>
    dynamics.map(({ layers }, r) => {
      const rng = createRandom(settings.seed);
      const { steps, loss } = runs[r];
      const curves = layers.map(({ layer: name, curve }) => ({ name, curve }));
      return [convergenceOrder(layers, rng), criticalPeriods({ steps, loss, layers: curves }, rng)];
    }),
  );
  part('over the study', () => {
    const seeds = groups.map(({ members }, g) => ({
      ...together[g],
      curves: members[0].layers.map(() => ({ described: false, reason: 'not asked', dropped: 0 })),
    }));
    const found = { dynamics, together: seeds };
    // As it was called before types of jumps were found by several threads.
    if (studyAnalysis.joinedAnalysis !== undefined)
      return studyAnalysis.joinedAnalysis(runs, found, settings);
    const joint = studyAnalysis.jointAnalysis(runs, found, settings);
    return joint.with(jumpTypes(joint.features, studyAnalysis.jumpTypesRandom(settings.seed)));
  });
  return { series: all.length, parts };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
