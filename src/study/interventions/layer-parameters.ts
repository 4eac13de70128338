import { InputError } from '../../errors/input-error.ts';
import { oneOf } from '../../errors/nearest-name.ts';
import type { Model } from '../../models/model.ts';

/**
 * The names of a layer's parameters: those that begin with its name and a dot, or are the parameter of that name.
 *
 * @param field for messages.
 * @throws InputError if the network has none, naming the layers and modules that have.
 */
export function layerParameters(model: Model, layer: string, field: string): string[] {
  const names = model.parameters.map(({ name }) => name);
  const own = names.filter((name) => name === layer || name.startsWith(`${layer}.`));
  if (own.length > 0) return own;
  const modules = [...new Set(names.map((name) => name.replace(/\.[^.]*$/, '')))];
  throw new InputError({ field, value: layer, allowed: oneOf(layer, modules) });
}
