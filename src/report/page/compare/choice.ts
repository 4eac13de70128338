import { element } from '../../../figures/page/elements.ts';

/** A labeled choice of one of several values. */
export interface Choice {
  readonly element: HTMLElement;
  /** Shows the choice that is made. */
  readonly show: (value: string) => void;
}

/** @param options values with their words. */
export function choice(
  label: string,
  name: string,
  options: readonly (readonly [value: string, words: string])[],
  onChoose: (value: string) => void,
): Choice {
  const select = element(
    'select',
    { name },
    ...options.map(([value, words]) => element('option', { value, textContent: words })),
  );
  select.addEventListener('change', () => onChoose(select.value));
  return {
    element: element('label', {}, `${label} `, select),
    show: (value) => {
      select.value = value;
    },
  };
}
