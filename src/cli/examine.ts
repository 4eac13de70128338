import { readBoundedText } from '../files/read-file.ts';
import type { StudyCheckpoint } from '../findings/audit/audit-context.ts';
import { type Audit, auditStudy } from '../findings/audit/audit-study.ts';
import { claimedTables } from '../findings/audit/claimed-tables.ts';
import { type ClaimsFile, parseClaims } from '../findings/audit/claims-file.ts';
import { defaultClaims } from '../findings/claims/default-claims.ts';
import type { StudyAnalysis } from '../findings/study-analysis.ts';
import { largestYaml } from '../formats/yaml-shape.ts';
import type { Run, StudyManifest } from '../measurements/types.ts';
import { type DataCheckResult, factsOf, runDataChecks } from '../validity/data-checks.ts';
import { startProgress } from './progress.ts';
import { readCheckpoints } from './read-checkpoints.ts';

/** Options of every command that examines claims. */
export interface ExaminationFlags {
  readonly claims?: string;
  readonly checkpoints?: string;
  readonly alpha?: number;
  readonly seed?: number;
  readonly quiet?: boolean;
}

/** What the data checks say of a study, and what becomes of its claims; null where no claims are known. */
export interface Examination {
  readonly checks: readonly DataCheckResult[];
  readonly audit: Audit | null;
}

export function examine(
  manifest: StudyManifest,
  runs: readonly Run[],
  analysis: StudyAnalysis,
  flags: ExaminationFlags,
): Examination {
  const claims = flags.claims === undefined ? defaultClaims(manifest) : readClaims(flags.claims);
  const checkpoints: StudyCheckpoint[] =
    flags.checkpoints === undefined ? [] : readCheckpoints(flags.checkpoints);
  const tables = claims === null ? {} : claimedTables(runs, claims, checkpoints);
  const checks = runDataChecks(factsOf(runs, { analyzedSeries: [analysis.seriesId], ...tables }));
  if (claims === null) return { checks, audit: null };
  const progress = startProgress('Auditing', claims.claims.length, flags.quiet);
  try {
    const audit = auditStudy({
      manifest,
      runs,
      claims,
      analysis,
      checks,
      checkpoints,
      alpha: flags.alpha,
      seed: flags.seed,
      onClaim: (done, claim) => progress.update(done, claim),
    });
    return { checks, audit };
  } finally {
    progress.stop();
  }
}

function readClaims(file: string): ClaimsFile {
  return parseClaims(readBoundedText(file, largestYaml, 'a claims file that exists'), file);
}
