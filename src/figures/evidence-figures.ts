import type { Audit } from '../findings/audit/audit-study.ts';
import type { Evidence } from '../findings/audit/evidence.ts';
import { estimatesSpec } from './evidence-estimates.ts';
import { eventTimesSpec } from './evidence-event-times.ts';
import { gapCurveSpec } from './evidence-gap-curve.ts';
import { thresholdsSpec } from './evidence-thresholds.ts';
import { loggedRecoveredSpec } from './logged-recovered.ts';
import { metricLabel } from './metric-label.ts';
import type { FigureSpec } from './types.ts';

/** A figure with the words that go with it. */
export interface CaptionedFigure {
  readonly title: string;
  readonly caption: string;
  readonly spec: FigureSpec;
}

/**
 * The figures of an audit, under the names that its findings refer to.
 *
 * @example
 * const figures = evidenceFigures(audit); // Map(10) { 'audit-1' => { title, caption, spec }, … }
 */
export function evidenceFigures({
  evidence,
  alpha,
}: Pick<Audit, 'evidence' | 'alpha'>): Map<string, CaptionedFigure> {
  return new Map(
    [...evidence].map(([name, shown]) => {
      const { title, caption } = shown;
      return [name, { title, caption, spec: specOf(shown, alpha) }];
    }),
  );
}

function specOf(evidence: Evidence, alpha: number): FigureSpec {
  const { title } = evidence;
  switch (evidence.kind) {
    case 'event-times':
      return eventTimesSpec(title, evidence);
    case 'estimates':
      return estimatesSpec(title, evidence, alpha);
    case 'thresholds':
      return thresholdsSpec(title, evidence);
    case 'gap-curve':
      return gapCurveSpec(title, evidence);
    case 'logged-recovered':
      return loggedRecoveredSpec({
        ...evidence,
        logged: metricLabel(evidence.logged),
        recovered: metricLabel(evidence.recovered),
      });
  }
}
