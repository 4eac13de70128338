import type { DataCheck, MeasuredCheck } from './types.ts';

/**
 * A check of what was measured, from how it looks at one run after another: several such checks look at a run together, whose log is then read
 * once for all of them.
 */
export function measuredCheck(parts: Omit<MeasuredCheck, 'check'>): MeasuredCheck {
  return {
    ...parts,
    check(facts) {
      const look = parts.begin(facts);
      for (const run of facts.runs) look.see(run);
      return look.found();
    },
  };
}

export function isMeasured(check: DataCheck): check is MeasuredCheck {
  return 'begin' in check;
}
