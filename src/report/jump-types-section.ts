import type { JumpFeatureName, JumpTypes } from '../dynamics/jump-types.ts';
import { formatNumber } from '../wording/numbers.ts';
import { html, type Markup } from './markup.ts';

/** The types that the study's changes fall into, or why there are none. */
export function jumpTypesSection(types: JumpTypes): Markup {
  if (!types.determined) return html`<h3>Types of change</h3><p>Not determined: ${types.reason}</p>`;
  const features = [
    ...new Set(types.centers.flatMap(({ center }) => Object.keys(center) as JumpFeatureName[])),
  ];
  return html`<h3>Types of change</h3>
<div class="scroll" role="region" aria-label="Types of change" tabindex="0"><table>
<caption>${types.types === 1 ? 'The changes do not fall into types: one group' : `The changes fall into ${types.types} types`}, with the mean of each feature over the jumps and fast stretches of a type.</caption>
<thead><tr><th scope="col">Type</th><th scope="col" class="number">Changes</th>${features.map(
    (feature) => html`<th scope="col" class="number">${HEADINGS[feature]}</th>`,
  )}</tr></thead>
<tbody>${types.centers.map(
    ({ jumps, center }, i) =>
      html`<tr><th scope="row">${i + 1}</th><td class="number">${jumps}</td>${features.map(
        (feature) => html`<td class="number">${formatNumber(center[feature])}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

const HEADINGS: Readonly<Record<JumpFeatureName, string>> = {
  relativeStep: 'Step (share of training)',
  logMagnitude: 'Size (log₁₀)',
  effect: 'Size (sd of jitter)',
};
