import type { Tensor } from './tensor.ts';

/** Under which names training programs keep the weights inside a checkpoint. */
const containers = ['model_state_dict', 'state_dict', 'model_state', 'model', 'module'];
/** State of the optimizer and of schedules: tensors, but no weights. */
const state =
  /^(?:optim|optimi[sz]ers?|optimi[sz]er_(?:state(?:_dict)?s?|states)|schedulers?|lr_schedulers?|scaler|ema|callbacks|loops|rng|amp)(?:[._]|$)/i;
/** What wrappers put before every name: DistributedDataParallel, torch.compile, Lightning modules and the like. */
const wrappers = ['module.', '_orig_mod.', 'model.'];

/** Weights under the names that the network gives them, and what was found beside them. */
export interface ModelWeights {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** The container and wrappers that were taken off the names, e.g. `state_dict.module.`; empty for none. */
  readonly prefix: string;
  /** Names of tensors that are state of the optimizer or a schedule. */
  readonly state: readonly string[];
}

/**
 * The weights among a checkpoint's tensors: the state of optimizers and schedules is no part of a network, and what every
 * other name begins with is no part of its layers' names. A head beside the body stays: a wrapper is taken off where all names
 * have it, and no layer is known whose name begins with it.
 *
 * @param layers names of the network's layers, as far as they are known.
 * @example
 * modelWeights(new Map([['state_dict.module.fc.weight', w], ['optimizer.state.0.exp_avg', m]])).tensors; // Map { 'fc.weight' => w }
 */
export function modelWeights(
  tensors: ReadonlyMap<string, Tensor>,
  layers: readonly string[] = [],
): ModelWeights {
  const names = [...tensors.keys()];
  const weights = names.filter((name) => !state.test(name));
  const isNamed = (prefix: string): boolean =>
    layers.some((layer) => weights.some((name) => name.startsWith(`${prefix}${layer}.`)));
  const container = containers.find(
    (candidate) =>
      weights.some((name) => name.startsWith(`${candidate}.`)) && isContainer(candidate, weights),
  );
  let prefix = container === undefined || isNamed('') ? '' : `${container}.`;
  const kept = weights.filter((name) => name.startsWith(prefix));
  for (let taken = !isNamed(prefix); taken; ) {
    const wrapper = wrappers.find((start) => kept.every((name) => name.startsWith(prefix + start)));
    taken = wrapper !== undefined && kept.length > 0;
    if (taken) prefix += wrapper;
    taken &&= !isNamed(prefix);
  }
  return {
    tensors: new Map(kept.map((name) => [name.slice(prefix.length), tensors.get(name)!])),
    prefix,
    state: names.filter((name) => state.test(name)),
  };
}

/** A dict of weights holds all of them; `model.` beside `head.` is a part of a network. */
function isContainer(candidate: string, weights: readonly string[]): boolean {
  return /state/.test(candidate) || weights.every((name) => name.startsWith(`${candidate}.`));
}
