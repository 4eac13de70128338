import type { StudyData } from '../study-data.ts';

/** What a data block of the page holds. */
export function blockText(id: string): string {
  const block = document.getElementById(id);
  if (block === null) throw new Error(`the page has no block ${id}`);
  return block.textContent ?? '';
}

/** What the page's charts know of the study. */
export function studyBlock(): StudyData {
  return JSON.parse(blockText('study-data')) as StudyData;
}
