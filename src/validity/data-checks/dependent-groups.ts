import type { Run } from '../../measurements/types.ts';
import { counted, someOf } from '../../wording/sentences.ts';
import type { Facts } from './facts.ts';
import { faultIn } from './fault.ts';
import type { DataCheck, DataCheckResult } from './types.ts';

/** Data sets that are counted as several although they are, wholly or in part, the same examples. */
export const dependentGroups: DataCheck = {
  name: 'dependent-groups',
  question: 'Are groups compared or counted as independent that share their examples?',
  reason:
    'A result that holds on two data sets with the same examples has been found once, not twice: intervals over ' +
    'data sets come out too narrow.',
  threshold:
    'a declared relation between two data sets of the study, or probes with equal SHA-256 under two names',
  check(evidence) {
    return [...declared(evidence), ...equalProbes(evidence.runs)];
  },
};

function declared({ runs, datasetRelations = [] }: Facts): DataCheckResult[] {
  return datasetRelations.flatMap(({ datasets, relation }) => {
    const [a, b] = datasets;
    const members = [a, b].map((name) => runs.filter(({ dataset }) => dataset === name));
    if (a === b || members.some(({ length }) => length === 0)) return [];
    const message =
      `${a} ${relation} ${b}: ${counted(members[0].length, 'run')} and ${counted(members[1].length, 'run')} are not ` +
      'independent';
    const places = members.flat().map(({ id }) => ({ run: id }));
    return [faultIn(places, runs.length, { check: dependentGroups.name, severity: 'warning', message })];
  });
}

function equalProbes(runs: readonly Run[]): DataCheckResult[] {
  const byProbe = new Map<string, Run[]>();
  for (const run of runs) {
    const digest = run.probe?.sha256;
    if (digest) byProbe.set(digest, [...(byProbe.get(digest) ?? []), run]);
  }
  return [...byProbe.values()].flatMap((sharing) => {
    const datasets = new Set(sharing.map(({ dataset }) => dataset));
    if (datasets.size < 2) return [];
    const message =
      `${someOf([...datasets])} are given as ${datasets.size} data sets, but ${counted(sharing.length, 'run')} on them ` +
      'were measured on the very same examples (equal SHA-256 of the probe)';
    const places = sharing.map(({ id }) => ({ run: id }));
    return [faultIn(places, runs.length, { check: dependentGroups.name, severity: 'warning', message })];
  });
}
