import { parseJson } from '../formats/json.ts';

/**
 * What a checkpoint without a digest (version 1) says twice and differently, or holds that training cannot have left;
 * null if nothing is wrong that can be told.
 */
export function unsealedDisagreement(
  metadata: Readonly<Record<string, string>>,
  tensors: readonly (readonly [string, { readonly data: Float32Array }])[],
): string | null {
  const plan = planIn(metadata);
  if (plan === null) return 'its plan is no JSON object';
  const said = [
    ['run', plan.id],
    ['architecture', plan.architectureName],
    ['dataset', plan.dataset],
    ['seed', typeof plan.seed === 'number' ? `${plan.seed}` : undefined],
  ] as const;
  const odd = said.find(([key, value]) => metadata[key] !== value);
  if (odd !== undefined) return `its plan names another ${odd[0]} than its metadata`;
  const broken = tensors.find(([, { data }]) => !data.every(Number.isFinite));
  return broken === undefined ? null : `${broken[0]} holds what is no number`;
}

function planIn({ plan }: Readonly<Record<string, string>>): Record<string, unknown> | null {
  try {
    const value: unknown = parseJson(plan);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
