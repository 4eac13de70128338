import { element } from '../../figures/page/elements.ts';

/** Texts that are meant for a paper or a terminal get a button that copies them. */
export function makeCopyable(): void {
  for (const text of document.querySelectorAll<HTMLElement>('[data-copy]')) {
    const button = element('button', { type: 'button', className: 'copy' }, 'Copy');
    button.addEventListener('click', () => {
      copy(text).then(
        (copied) => say(button, copied ? 'Copied' : 'Selected: copy with your keyboard'),
        () => say(button, 'Selected: copy with your keyboard'),
      );
    });
    text.before(button);
  }
}

/** Whether the clipboard took it. Either way it is selected, for a page that may not write to the clipboard. */
async function copy(text: HTMLElement): Promise<boolean> {
  const selection = getSelection();
  selection?.selectAllChildren(text);
  if (selection === null || navigator.clipboard === undefined) return false;
  await navigator.clipboard.writeText(selection.toString().trim());
  return true;
}

function say(button: HTMLButtonElement, words: string): void {
  button.textContent = words;
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2500);
}
