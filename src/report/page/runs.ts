import type { EmbeddedRun } from '../embedded-run.ts';
import { blockText } from './blocks.ts';
import { Explorer } from './explorer.ts';
import { unpackWithNumbers } from './unpack.ts';

/**
 * Opens runs when the reader does, or follows a link to one: a page of many would be slow, and long on paper, with all of
 * them open.
 */
export function openRunsOnDemand(): void {
  const runs = [...document.querySelectorAll<HTMLDetailsElement>('details.run')];
  for (const run of runs) run.addEventListener('toggle', () => void fill(run));
  const follow = (): void => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener('hashchange', follow);
  follow();
  // One that stands open in the page tells so itself in some browsers, and in others not.
  for (const run of runs) void fill(run);
}

async function fill(run: HTMLDetailsElement): Promise<void> {
  const { source } = run.dataset;
  if (!run.open || source === undefined) return;
  delete run.dataset.source;
  const content = document.createElement('div');
  run.append(content);
  try {
    const { value, numbers } = await unpackWithNumbers<EmbeddedRun>(blockText(source));
    // Written by the same program as the page, every name in it escaped.
    content.innerHTML = value.markup;
    const place = content.querySelector<HTMLElement>('.explorer');
    if (place !== null) await new Explorer(place, value, numbers).start();
  } catch (error) {
    content.textContent = `This run could not be opened: ${error instanceof Error ? error.message : error}`;
  }
}
