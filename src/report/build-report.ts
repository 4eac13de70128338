import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { type RunSummary, runSummary } from '../dynamics/run-summary.ts';
import { renderPng } from '../figures/render-png.ts';
import { renderSvg } from '../figures/render-svg.ts';
import type { FigureSpec } from '../figures/types.ts';
import { studyDashboard } from '../findings/dashboard/dashboard.ts';
import { deepDive } from '../findings/deep-dive/deep-dive.ts';
import { whatHappened } from '../findings/what-happened.ts';
import type { Run } from '../measurements/types.ts';
import { dashboardFigures } from './dashboard-figures.ts';
import { deepDiveFigures } from './deep-dive-figures.ts';
import type { FigureText } from './figure.ts';
import { figureName } from './figure-name.ts';
import { HeldSummaries } from './held-summaries.ts';
import { classFigures } from './inside/class-figures.ts';
import { courseFigures } from './inside/course-figures.ts';
import { frameName, type InsidePictures, insidePictures } from './inside/inside-section.ts';
import { integratedReport } from './json/integrated-report.ts';
import { reportMethods } from './methods/methods.ts';
import { overviewFigures, runCriticalPeriods, runHeatmap } from './report-figures.ts';
import { reportPage, runPacker } from './report-page.ts';
import { reportTableFiles } from './tables/report-tables.ts';
import { trackFigures } from './tracks-section.ts';
import type { ReportFiles, ReportInput } from './types.ts';

/**
 * The report of a study: one page that opens from disk without a network (`index.html`), the same content for programs
 * (`integrated_report.json`, `tables/*.csv` and `*.parquet`) and the figures as files (`figures/*.svg`, on request `.png`). Writes nothing itself;
 * the same input gives the same bytes.
 *
 * @param onRun called after the figures of each run.
 * @example
 * for (const [path, content] of await buildReport({ manifest, runs, analysis })) write(path, content);
 */
export async function buildReport(
  input: ReportInput,
  onRun: (done: number, run: string) => void = () => {},
): Promise<ReportFiles> {
  const files = new Map<string, string | Uint8Array>();
  for await (const [path, content] of reportFiles(input, onRun)) {
    files.set(
      path,
      typeof content === 'string' || content instanceof Uint8Array ? content : [...content].join(''),
    );
  }
  return files;
}

/**
 * The same, file after file, of which the long ones come in pieces: nothing is kept of a file that was taken, so that the report of a study may be
 * larger than memory. Each content is to be used before the next file is asked for.
 */
export async function* reportFiles(
  input: ReportInput,
  onRun: (done: number, run: string) => void = () => {},
): AsyncGenerator<[path: string, content: string | Uint8Array | Generator<string>]> {
  const { runs, analysis } = input;
  const drawings = new Map<string, string>();
  const dynamics = new Map(analysis.runs.map((run) => [run.runId, run]));
  const summaries = new HeldSummaries(summarized(runs, dynamics));
  const dashboard = studyDashboard(runs, analysis);
  const architectures = deepDive(runs, analysis);
  const evidence = new Map<string, FigureText>();
  // Of each its words stay: what is drawn in hundreds of runs' figures takes more memory than all else.
  for (const figures of [
    () => dashboardFigures(dashboard),
    () => (architectures === null ? [] : deepDiveFigures(architectures)),
    () => overviewFigures(input),
    () => courseFigures(input),
    () => classFigures(input),
    () => input.figures ?? [],
  ]) {
    for (const [name, { spec, ...words }] of figures()) {
      evidence.set(name, words);
      yield* drawn(name, spec, input, (svg) => drawings.set(name, svg));
    }
  }

  const pack = runPacker({ ...input, summaries });
  const packed: string[] = [];
  for (const [index, run] of runs.entries()) {
    const own = new Map<string, string>();
    for (const [ending, spec] of runFigures(run, analysis.seriesId, dynamics.get(run.id))) {
      const name = `runs/${figureName(run.id, index)}-${ending}`;
      yield* drawn(name, spec, input, (svg) => own.set(ending, svg));
    }
    packed.push(pack(index, own));
    onRun(index + 1, run.id);
  }

  const pictures = (input.inside ?? []).map((run) => {
    const index = runs.findIndex(({ id }) => id === run.run);
    return { ...insidePictures(run), folder: `inside/${figureName(run.run, index)}` };
  });
  for (const [name, spec] of pictures.flatMap(pictureSpecs)) {
    yield* drawn(name, spec, input, (svg) => drawings.set(name, svg));
  }

  const methods = reportMethods(input);
  const happened = whatHappened(analysis);
  yield [
    'index.html',
    reportPage({
      ...input,
      pictures,
      summaries,
      dashboard,
      architectures,
      methods,
      happened,
      evidence,
      drawings,
      packed,
    }),
  ];
  yield [
    'integrated_report.json',
    integratedReport(input, summaries, { dashboard, architectures, methods, happened }),
  ];
  yield* reportTableFiles(input, summaries, 'tables/');
}

function* summarized(
  runs: readonly Run[],
  dynamics: ReadonlyMap<string, RunDynamics>,
): Generator<RunSummary> {
  for (const run of runs) yield runSummary(run, dynamics.get(run.id) ?? null);
}

/** A figure's files. */
async function* drawn(
  name: string,
  spec: FigureSpec,
  { png, style }: ReportInput,
  keep: (svg: string) => void,
): AsyncGenerator<[path: string, content: string | Uint8Array]> {
  const svg = await renderSvg(spec, { style });
  keep(svg);
  yield [`figures/${name}.svg`, svg];
  if (png) yield [`figures/${name}.png`, renderPng(svg)];
}

/** The figures of one run, by the ending of their name. */
function* runFigures(
  run: Run,
  seriesId: string,
  dynamics: RunDynamics | undefined,
): Generator<[ending: string, spec: FigureSpec]> {
  yield ['heatmap', runHeatmap(run, seriesId, dynamics)];
  const critical = runCriticalPeriods(run, seriesId, dynamics);
  if (critical !== null) yield ['critical-periods', critical];
  for (const [ending, { spec }] of trackFigures(run)) yield [ending, spec];
}

function pictureSpecs({
  folder,
  framed,
  still,
}: InsidePictures & { readonly folder: string }): [name: string, spec: FigureSpec][] {
  return [
    ...framed.flatMap((one) =>
      one.frames.map(({ step, spec }): [string, FigureSpec] => [frameName(folder, one, step), spec]),
    ),
    ...[...still].map(([name, { spec }]): [string, FigureSpec] => [`${folder}-${name}`, spec]),
  ];
}
