import { html, type Markup } from '../markup.ts';
import type { EvidenceFigure } from '../types.ts';
import { ablationFigure } from './ablation-figure.ts';
import { attentionFigures } from './attention-figure.ts';
import { filterFigures } from './filter-figure.ts';
import type { FramedFigure, InsideRun } from './inside-run.ts';
import { selectivityFigures } from './selectivity-figure.ts';
import { similarityFigure } from './similarity-figure.ts';

/** The pictures of one run's checkpoints. */
export interface InsidePictures {
  readonly run: string;
  readonly framed: readonly FramedFigure[];
  /** By ending of their files' names. */
  readonly still: ReadonlyMap<string, EvidenceFigure>;
}

export function insidePictures(inside: InsideRun): InsidePictures {
  const still = new Map<string, EvidenceFigure>();
  const similarity = similarityFigure(inside);
  if (similarity !== null) still.set('similarity', similarity);
  const ablation = ablationFigure(inside);
  if (ablation !== null) still.set('ablation', ablation);
  return {
    run: inside.run,
    framed: [...attentionFigures(inside), ...filterFigures(inside), ...selectivityFigures(inside)],
    still,
  };
}

/** Where the drawing of a frame stands among the report's figures. */
export function frameName(folder: string, { name }: FramedFigure, step: number): string {
  // Names of layers come from whoever named them.
  return `${folder}-${name.replace(/[^A-Za-z0-9._-]/g, '_')}-step-${step}`;
}

/**
 * The section of the checkpoints: pictures with a slider through them. Without scripts the last checkpoint is shown.
 *
 * @param figure makes the markup of a drawing that stands under a name.
 */
export function insideSection(
  pictures: readonly (InsidePictures & { readonly folder: string })[],
  figure: (name: string, words: { readonly title: string; readonly caption: string }) => Markup,
): Markup | null {
  if (pictures.length === 0) return null;
  return html`<section aria-labelledby="inside"><h2 id="inside">Inside the checkpoints</h2>
<p>What heads look at, filters, what units answer, how similar representations are, at some of the saved checkpoints. The values behind them: <code>rankscope mechanisms</code>.</p>
${pictures.map(
  ({ run, framed, still, folder }) => html`<details><summary>${run}</summary>
${framed.map((one) => framedMarkup(one, folder, figure))}
${[...still].map(([name, words]) => figure(`${folder}-${name}`, words))}</details>
`,
)}</section>`;
}

function framedMarkup(
  one: FramedFigure,
  folder: string,
  figure: Parameters<typeof insideSection>[1],
): Markup {
  const last = one.frames.length - 1;
  return html`<div class="frames" role="group" aria-label="${one.title}">
<div class="controls" hidden><label>Checkpoint <input type="range" min="0" max="${last}" value="${last}" step="1"></label> <output>step ${one.frames[last].step}</output></div>
${one.frames.map(
  ({ step }, i) =>
    html`<div class="frame" data-step="${step}"${i === last ? null : html` hidden`}>${figure(
      frameName(folder, one, step),
      {
        title: `${one.title}, step ${step}`,
        caption: one.caption,
      },
    )}</div>`,
)}</div>
`;
}
