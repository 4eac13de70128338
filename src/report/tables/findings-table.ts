import type { Finding } from '../../findings/finding.ts';
import type { HypothesisFinding } from '../../hypotheses/types.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

const columns: readonly Column<Finding>[] = [
  { name: 'id', type: 'text', meaning: 'name of the claim', of: ({ id }) => id },
  { name: 'claim', type: 'text', meaning: 'what is claimed', of: ({ claim }) => claim },
  {
    name: 'statistic',
    type: 'text',
    meaning: 'what was computed to test it',
    of: ({ statistic }) => statistic,
  },
  { name: 'effect', type: 'number', meaning: 'the effect', of: ({ effect }) => effect?.value },
  {
    name: 'low',
    type: 'number',
    meaning: 'lower end of its interval',
    of: ({ effect }) => effect?.interval?.[0],
  },
  {
    name: 'high',
    type: 'number',
    meaning: 'upper end of its interval',
    of: ({ effect }) => effect?.interval?.[1],
  },
  { name: 'unit', type: 'text', meaning: 'unit of effect and interval', of: ({ effect }) => effect?.unit },
  {
    name: 'null_model',
    type: 'text',
    meaning: 'what it was held against',
    of: (finding) => finding.null?.model,
  },
  {
    name: 'p_value',
    type: 'number',
    unit: '0 to 1',
    meaning: 'of the null model',
    of: (finding) => finding.null?.pValue,
  },
  {
    name: 'adjusted_p_value',
    type: 'number',
    unit: '0 to 1',
    meaning: 'the same, adjusted over all claims tested together',
    of: (finding) => finding.null?.adjustedPValue,
  },
  { name: 'runs', type: 'integer', meaning: 'runs that bear on it', of: ({ runs }) => runs.length },
  { name: 'verdict', type: 'text', meaning: 'what follows', of: ({ verdict }) => verdict },
  {
    name: 'uncalibrated_rule',
    type: 'text',
    meaning:
      'the rule without error control that alone refutes the claim; empty where a calibrated test decided',
    of: ({ uncalibratedRule }) => uncalibratedRule,
  },
  { name: 'reason', type: 'text', meaning: 'why, or what is missing', of: ({ reason }) => reason },
];

const hypothesisColumns: readonly Column<HypothesisFinding>[] = [
  { name: 'question', type: 'text', meaning: 'the question that it answers', of: ({ question }) => question },
  { name: 'measure', type: 'text', meaning: 'what was measured', of: ({ measure }) => measure },
  { name: 'windows', type: 'text', meaning: 'where, or over what', of: ({ windows }) => windows },
  {
    name: 'observations',
    type: 'integer',
    meaning: 'pairs of windows or runs that were compared',
    of: ({ observations }) => observations,
  },
  {
    name: 'groups',
    type: 'integer',
    meaning: 'independent groups of seeds that they come from',
    of: ({ groups }) => groups,
  },
];

/** What became of the claims, one row each. */
export function findingsTable(findings: readonly Finding[]): Table {
  return table('findings', 'one claim', columns, findings);
}

/** What became of the hypotheses, one row each. */
export function hypothesesTable(findings: readonly HypothesisFinding[]): Table {
  return table('hypotheses', 'one hypothesis', [...columns, ...hypothesisColumns], findings);
}
