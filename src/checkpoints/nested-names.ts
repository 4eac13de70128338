import { InputError } from '../errors/input-error.ts';

const deepest = 64;
const mostLeaves = 100_000;

/**
 * Walks nested Maps and arrays and calls `leaf` with everything else, under the keys on the way to it joined by
 * dots: `model_state_dict.fc.weight`, `optimizer_state_dict.param_groups.0.lr`.
 *
 * @throws InputError where the nesting is endless, or two leaves come to the same name.
 */
export function forEachLeaf(
  root: unknown,
  leaf: (name: string, value: unknown) => void,
  file?: string,
): void {
  const seen = new Set<string>();
  let visits = 0;
  const visit = (value: unknown, keys: readonly string[]): void => {
    // A pickle may hold itself, or share parts so that a kilobyte unfolds to more than memory.
    if (keys.length > deepest || ++visits > mostLeaves)
      throw new InputError({
        file,
        field: 'nesting',
        allowed: `depth up to ${deepest}, ${mostLeaves} values`,
      });
    if (value instanceof Map) for (const [key, inner] of value) visit(inner, [...keys, nameOf(key, file)]);
    else if (Array.isArray(value)) value.forEach((inner, i) => void visit(inner, [...keys, String(i)]));
    else {
      const name = keys.join('.');
      if (seen.has(name))
        throw new InputError({ file, field: 'name', value: name, allowed: 'each name once' });
      seen.add(name);
      leaf(name, value);
    }
  };
  visit(root, []);
}

function nameOf(key: unknown, file?: string): string {
  if (typeof key !== 'string' && typeof key !== 'number')
    throw new InputError({ file, field: 'dict key', value: typeof key, allowed: 'text or a number' });
  return String(key);
}
