import { renderSvg } from '../figures/render-svg.ts';
import { whatHappened } from '../findings/what-happened.ts';
import { figure } from './figure.ts';
import { happenedContent } from './happened-section.ts';
import { LEAD_FIGURE } from './lead-figure.ts';
import { html, type Markup, trusted } from './markup.ts';
import { overviewFigures } from './report-figures.ts';
import type { ReportInput } from './types.ts';

/** The element that the fragment's style reaches, and nothing beside it. */
const SCOPE = 'rankscope-report';

/**
 * Colors are those of the page that it stands in: of ink and paper it knows nothing but that the page's text can be read. Every rule is
 * nested in the fragment's own element.
 */
const FRAGMENT_STYLE = `.${SCOPE} {
  font: inherit; line-height: 1.5; max-width: 76rem;
  * { box-sizing: border-box; }
  h2 { font-size: 1.3em; margin: 1em 0 .4em; }
  h3 { font-size: 1.1em; margin: .8em 0 .2em; overflow-wrap: anywhere; }
  p, li { max-width: 46rem; }
  ul { padding-left: 1.2em; margin: .25em 0; }
  figure { margin: .8em 0; }
  figure img { display: block; max-width: 100%; height: auto; background: white; border-radius: 4px; }
  figcaption, .muted { opacity: .75; font-size: .92em; }
  .figures { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: flex-start; }
  .figures figure { max-width: 34rem; }
  summary { cursor: pointer; }
}`;

/**
 * What happened in a study, in words and figures, as a piece of HTML that can be put into any page, e.g. a notebook: one element with its own
 * style, which reaches nothing outside it. It holds no script, asks for nothing, and needs no other file.
 *
 * @example
 * const fragment = await reportFragment({ manifest, runs, analysis });
 */
export async function reportFragment(input: ReportInput): Promise<string> {
  const { manifest, analysis, style } = input;
  const figures = new Map<string, Markup>();
  for (const [name, { title, caption, spec }] of overviewFigures(input)) {
    figures.set(name, figure(await renderSvg(spec, { style }), { title, caption }));
  }
  const lead = figures.get(LEAD_FIGURE) ?? null;
  const others = [...figures].filter(([name]) => name !== LEAD_FIGURE).map(([, drawn]) => drawn);
  return html`<div class="${SCOPE}" lang="en"><style>${trusted(FRAGMENT_STYLE)}</style>
<h2>${manifest.title}</h2>
${happenedContent(whatHappened(analysis), lead, analysis.advice)}
<details><summary>Over all runs</summary><div class="figures">${others}</div></details>
<p class="muted">${manifest.tool.name} ${manifest.tool.version}, metric ${analysis.seriesId}, alpha ${analysis.alpha}.</p>
</div>
`.text;
}
