import { runSummary } from '../dynamics/run-summary.ts';
import { renderPng } from '../figures/render-png.ts';
import { renderSvg } from '../figures/render-svg.ts';
import type { FigureSpec } from '../figures/types.ts';
import { studyDashboard } from '../findings/dashboard/dashboard.ts';
import { deepDive } from '../findings/deep-dive/deep-dive.ts';
import { dashboardFigures } from './dashboard-figures.ts';
import { deepDiveFigures } from './deep-dive-figures.ts';
import { figureName } from './figure-name.ts';
import { classFigures } from './inside/class-figures.ts';
import { courseFigures } from './inside/course-figures.ts';
import { frameName, insidePictures } from './inside/inside-section.ts';
import { overviewFigures, runCriticalPeriods, runHeatmap } from './report-figures.ts';
import { reportJson } from './report-json.ts';
import { reportPage } from './report-page.ts';
import { reportTableFiles } from './tables/report-tables.ts';
import { trackFigures } from './tracks-section.ts';
import type { ReportFiles, ReportInput } from './types.ts';

/**
 * The report of a study: one page that opens from disk without a network (`index.html`), the same content for programs
 * (`report.json`, `tables/*.csv` and `*.parquet`) and the figures as files (`figures/*.svg`, on request `.png`). Writes nothing itself;
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
  const { runs, analysis } = input;
  const files = new Map<string, string | Uint8Array>();
  const drawings = new Map<string, string>();
  const draw = async (name: string, spec: FigureSpec): Promise<void> => {
    const svg = await renderSvg(spec, { style: input.style });
    drawings.set(name, svg);
    files.set(`figures/${name}.svg`, svg);
    if (input.png) files.set(`figures/${name}.png`, renderPng(svg));
  };

  const dynamics = new Map(analysis.runs.map((run) => [run.runId, run]));
  const summaries = runs.map((run) => runSummary(run, dynamics.get(run.id) ?? null));
  const dashboard = studyDashboard(runs, analysis);
  const architectures = deepDive(runs, analysis);
  const evidence = new Map([
    ...dashboardFigures(dashboard),
    ...(architectures === null ? [] : deepDiveFigures(architectures)),
    ...overviewFigures(input),
    ...courseFigures(input),
    ...classFigures(input),
    ...(input.figures ?? []),
  ]);
  for (const [name, { spec }] of evidence) await draw(name, spec);
  for (const [index, run] of runs.entries()) {
    const name = `runs/${figureName(run.id, index)}`;
    await draw(`${name}-heatmap`, runHeatmap(run, analysis.seriesId, dynamics.get(run.id)));
    const critical = runCriticalPeriods(run, analysis.seriesId, dynamics.get(run.id));
    if (critical !== null) await draw(`${name}-critical-periods`, critical);
    for (const [ending, { spec }] of trackFigures(run)) await draw(`${name}-${ending}`, spec);
    onRun(index + 1, run.id);
  }

  const inside = (input.inside ?? []).map((run) => {
    const index = runs.findIndex(({ id }) => id === run.run);
    return { ...insidePictures(run), folder: `inside/${figureName(run.run, index)}` };
  });
  for (const { folder, framed, still } of inside) {
    for (const one of framed) {
      for (const { step, spec } of one.frames) await draw(frameName(folder, one, step), spec);
    }
    for (const [name, { spec }] of still) await draw(`${folder}-${name}`, spec);
  }

  files.set(
    'index.html',
    reportPage({ ...input, pictures: inside, summaries, dashboard, architectures, evidence, drawings }),
  );
  files.set('report.json', reportJson(input, summaries, { dashboard, architectures }));
  for (const [path, content] of reportTableFiles(input, summaries, 'tables/')) files.set(path, content);
  return files;
}
