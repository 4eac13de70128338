import type { DeepDive } from '../findings/deep-dive/deep-dive.ts';
import { someOf } from '../wording/sentences.ts';
import { DEEP_DIVE, shownGroups } from './deep-dive-figures.ts';
import type { FigureText } from './figure.ts';
import { evidenceFigures } from './findings-section.ts';
import { html, type Markup } from './markup.ts';

/** When and where the layers of each kind of network are fast; nothing where none is. */
export function deepDiveSection(
  dive: DeepDive | null,
  evidence: ReadonlyMap<string, FigureText>,
  drawings: ReadonlyMap<string, string>,
): Markup | null {
  const panels = [...evidence].filter(([name]) => name.startsWith(DEEP_DIVE));
  if (dive === null || panels.length === 0) return null;
  const { groups, by } = dive;
  const shown = shownGroups(dive);
  const others = groups.slice(shown.length).map(({ group }) => group);
  return html`<section aria-labelledby="architectures"><h2 id="architectures">Architectures</h2>
<div class="panels">${evidenceFigures(panels, drawings)}</div>
${others.length === 0 ? null : html`<p class="muted">The ${shown.length} of ${groups.length} with most described layers; ${by === 'family' ? 'families' : 'architectures'} left out here, and theirs in <code>integrated_report.json</code>: ${someOf(others, 6)}.</p>`}</section>
`;
}
