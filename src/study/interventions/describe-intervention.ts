import type { Intervention } from './intervention-schema.ts';

/**
 * What an intervention does, in a few words: the name of its event.
 *
 * @example
 * describeIntervention({ at: 1000, set: { learningRate: 0.0001 } }); // 'learningRate 0.0001'
 */
export function describeIntervention({
  name,
  set = {},
  labels,
  inputs,
  data,
  reinitialize,
  freeze,
}: Intervention): string {
  if (name !== undefined) return name;
  return [
    ...Object.entries(set).map(([option, value]) => `${option} ${value}`),
    ...(labels === undefined ? [] : [`labels ${labels}`]),
    ...(inputs === undefined
      ? []
      : [`inputs ${typeof inputs === 'string' ? inputs : `${inputs.blank.join(' to ')} blank`}`]),
    ...(data === undefined ? [] : [`data ${dataInWords(data)}`]),
    ...(reinitialize === undefined ? [] : [`${[reinitialize].flat().join(', ')} re-initialized`]),
    ...(freeze === undefined
      ? []
      : [freeze === 'none' ? 'nothing frozen' : `${[freeze].flat().join(', ')} frozen`]),
  ].join('; ');
}

function dataInWords(data: NonNullable<Intervention['data']>): string {
  if (data === 'all') return 'all';
  return 'classes' in data ? `classes ${data.classes.join(', ')}` : `first ${data.examples}`;
}
