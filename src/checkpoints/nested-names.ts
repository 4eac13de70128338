import { InputError } from '../errors/input-error.ts';
import { MemoryBudget } from '../formats/memory-budget.ts';

const deepest = 64;
const mostLeaves = 100_000;
/** A longer list of numbers or texts is a history, and one leaf. */
const longestList = 1000;

/**
 * Walks nested Maps and arrays and calls `leaf` with everything else, under the keys on the way to it joined by
 * dots: `model_state_dict.fc.weight`, `optimizer_state_dict.param_groups.0.lr`. A long list of numbers or texts alone is one
 * leaf, as the array that it is.
 *
 * @param budget pays for the names: a long key may stand above many leaves.
 * @throws InputError where the nesting is endless, the names are too much, or two leaves come to the same name.
 */
export function forEachLeaf(
  root: unknown,
  leaf: (name: string, value: unknown) => void,
  file?: string,
  budget: MemoryBudget = new MemoryBudget(0, file),
): void {
  const seen = new Set<string>();
  let visits = 0;
  const visit = (value: unknown, name: string, depth: number): void => {
    // A pickle may hold itself, or share parts so that a kilobyte unfolds to more than memory.
    if (depth > deepest || ++visits > mostLeaves)
      throw new InputError({
        file,
        field: 'nesting',
        allowed: `depth up to ${deepest}, ${mostLeaves} values`,
      });
    const below = (key: string, inner: unknown): void => {
      budget.take(2 * (name.length + key.length) + 64, 'names of values');
      visit(inner, depth === 0 ? key : `${name}.${key}`, depth + 1);
    };
    if (value instanceof Map) {
      let position = 0;
      for (const [key, inner] of value) below(nameOf(key, position++), inner);
    } else if (Array.isArray(value) && !isHistory(value))
      value.forEach((inner, i) => void below(String(i), inner));
    else {
      if (seen.has(name))
        throw new InputError({ file, field: 'name', value: name, allowed: 'each name once' });
      seen.add(name);
      leaf(name, value);
    }
  };
  visit(root, '', 0);
}

function isHistory(values: readonly unknown[]): boolean {
  return values.length > longestList && values.every((value) => typeof value !== 'object');
}

/** Python takes anything for a key; of what is neither text nor number, its kind and how manieth it is. */
function nameOf(key: unknown, position: number): string {
  if (typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint') return String(key);
  if (key === null || typeof key === 'boolean') return String(key);
  return `key ${position + 1}`;
}
