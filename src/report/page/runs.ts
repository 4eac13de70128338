import type { StudyData } from '../study-data.ts';
import { showRunCharts } from './run-chart.ts';
import { runData } from './run-data.ts';
import type { ViewStore } from './view-store.ts';

/**
 * Opens runs when the reader does, or follows a link to one: a page of many would be slow, and long on paper, with all of
 * them open.
 */
export function openRunsOnDemand(study: StudyData, store: ViewStore): void {
  const runs = [...document.querySelectorAll<HTMLDetailsElement>('details.run')];
  for (const [index, run] of runs.entries()) {
    run.addEventListener('toggle', () => void fill(run, index, study, store));
  }
  const follow = (): void => {
    const target = document.getElementById(store.place);
    if (target instanceof HTMLDetailsElement) target.open = true;
    // The browser knows no place by an address that says more.
    if (target !== null && location.hash.includes('&')) target.scrollIntoView();
  };
  addEventListener('hashchange', follow);
  follow();
  // One that stands open in the page tells so itself in some browsers, and in others not.
  for (const [index, run] of runs.entries()) void fill(run, index, study, store);
}

const filled = new WeakSet<HTMLElement>();

async function fill(
  run: HTMLDetailsElement,
  index: number,
  study: StudyData,
  store: ViewStore,
): Promise<void> {
  if (!run.open || filled.has(run)) return;
  filled.add(run);
  const content = document.createElement('div');
  run.append(content);
  try {
    const data = await runData(index);
    // Written by the same program as the page, every name in it escaped.
    content.innerHTML = data.markup;
    showRunCharts(content, data, study, store);
  } catch (error) {
    content.textContent = `This run could not be opened: ${error instanceof Error ? error.message : error}`;
  }
}
