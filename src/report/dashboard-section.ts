import type { Dashboard } from '../findings/dashboard/dashboard.ts';
import { DASHBOARD, panelsLeftOut } from './dashboard-figures.ts';
import type { FigureText } from './figure.ts';
import { evidenceFigures } from './findings-section.ts';
import { html, type Markup } from './markup.ts';

/** The study at a glance: its panels in a grid that becomes one column on a phone. Nothing where there is no panel. */
export function dashboardSection(
  dashboard: Dashboard,
  evidence: ReadonlyMap<string, FigureText>,
  drawings: ReadonlyMap<string, string>,
): Markup | null {
  const panels = [...evidence].filter(([name]) => name.startsWith(DASHBOARD));
  if (panels.length === 0) return null;
  const missing = panelsLeftOut(dashboard);
  return html`<section aria-labelledby="dashboard"><h2 id="dashboard">At a glance</h2>
<div class="panels">${evidenceFigures(panels, drawings)}</div>
${missing.length === 0 ? null : html`<p class="muted">Left out, with nothing to show in this study: ${missing.join(', ')}.</p>`}</section>
`;
}
