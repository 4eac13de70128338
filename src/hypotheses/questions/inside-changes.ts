import { atAblations, atCheckpoints } from './at-checkpoints.ts';

/** What goes on inside a network while its curves change: the open questions on heads, filters and units. */

const heads = 'Do heads focus (does entropy fall) during changes?';
const filters = 'Do filters become more orthogonal during changes?';
const units = 'Do units become class-selective during changes?';

export const headsFocus = atCheckpoints({
  name: 'heads-focus',
  question: heads,
  claim: 'The entropy of attention falls more across changes than across matched windows without one.',
  measure: 'attention_entropy',
  predicted: 'falls',
});

export const headsSpecialize = atCheckpoints({
  name: 'heads-specialize',
  question: 'Do heads come to differ during changes?',
  claim: 'Heads grow apart in entropy more across changes than across matched windows without one.',
  measure: 'attention_specialization',
  predicted: 'rises',
});

export const filtersOrthogonalize = atCheckpoints({
  name: 'filters-orthogonalize',
  question: filters,
  claim: 'Filters become more orthogonal across changes than across matched windows without one.',
  measure: 'filter_orthogonality',
  predicted: 'rises',
});

export const filtersTurn = atCheckpoints({
  name: 'filters-turn',
  question: 'Do filters differentiate during changes?',
  claim: 'Filters turn further from where they began across changes than across matched windows without one.',
  measure: 'filter_turn',
  predicted: 'rises',
});

export const unitsSelect = atCheckpoints({
  name: 'units-become-selective',
  question: units,
  claim: 'Units become more class-selective across changes than across matched windows without one.',
  measure: 'selectivity_index',
  predicted: 'rises',
});

export const unitsInform = atCheckpoints({
  name: 'units-tell-classes',
  question: units,
  claim: 'Units come to tell more about the class across changes than across matched windows without one.',
  measure: 'mutual_information',
  predicted: 'rises',
});

export const unitsMatter = atAblations({
  name: 'ablation-matters-more',
  question: 'Does the network come to depend on single heads, filters and units during changes?',
  claim: 'The loss by ablating a part rises more across changes than across matched windows without one.',
  predicted: 'rises',
});
