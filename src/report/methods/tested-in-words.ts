import { counted } from '../../wording/sentences.ts';
import type { ReportInput } from '../types.ts';
import type { Cite } from './cite.ts';

/** How claims and hypotheses were judged; null where none were. */
export function claimsInWords({ audited, findings = [], tested }: ReportInput, cite: Cite): string | null {
  const said = [
    ...(audited === undefined || findings.length === 0
      ? []
      : [
          `${counted(findings.length, 'claim')} (${audited.title}) ${findings.length === 1 ? 'was' : 'were'} each computed anew and held against a null model of its own; ${audited.correction} ${cite('holm1979simple', 'davison1997bootstrap')}, with ${counted(audited.resamples, 'replicate')}. A claim that the calibrated test leaves open can be refuted, but never supported, by the rule that it was made with, and then says so.`,
        ]),
    ...(tested === undefined
      ? []
      : [
          `${counted(tested.findings.length, 'hypothesis', 'hypotheses')} about what goes with changes ${tested.findings.length === 1 ? 'was' : 'were'} tested; ${tested.correction} ${cite('benjamini1995controlling')}.`,
        ]),
  ];
  return said.length === 0 ? null : said.join(' ');
}
