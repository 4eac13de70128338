import { readBoundedText } from '../files/read-file.ts';
import { type ClaimsFile, parseClaims } from '../findings/audit/claims-file.ts';
import { largestYaml } from '../formats/yaml-shape.ts';
import { parsePlan, planSteps } from '../planning/plan-file.ts';
import type { CheckpointPlan } from '../planning/types.ts';
import { parseStudyFile, type StudyFile } from '../study/study-file.ts';

/**
 * Reads a study file from the disk; see `parseStudyFile`.
 *
 * @throws InputError where there is no such file, or something in it is not allowed.
 * @example
 * readStudyFile('study.yaml').seeds; // [0, 1]
 */
export function readStudyFile(file: string): StudyFile {
  return parseStudyFile(readBoundedText(file, largestYaml, 'a study file that exists'), file);
}

/**
 * Reads a file of claims from the disk; see `parseClaims`.
 *
 * @throws InputError where there is no such file, or something in it is not allowed.
 * @example
 * readClaims('claims.yaml').claims.length; // 1
 */
export function readClaims(file: string): ClaimsFile {
  return parseClaims(readBoundedText(file, largestYaml, 'a claims file that exists'), file);
}

/** Bytes of a plan file, at most. */
const largestPlan = 64 * 1024 * 1024;

/**
 * Reads from the disk at which steps a plan wants checkpoints; see `planSteps`.
 *
 * @throws InputError where there is no such file, or it is no plan.
 * @example
 * readPlan('plan.json'); // [0, 100]
 */
export function readPlan(file: string): number[] {
  return planSteps(readBoundedText(file, largestPlan, 'a plan that exists'), file);
}

/**
 * Reads a plan with its windows from the disk; see `parsePlan`.
 *
 * @throws InputError where there is no such file, or it is no plan of `planCheckpoints`.
 */
export function readCheckpointPlan(file: string): CheckpointPlan {
  return parsePlan(readBoundedText(file, largestPlan, 'a plan that exists'), file);
}
