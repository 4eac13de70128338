import { readBoundedText } from '../files/read-file.ts';
import { type ClaimsFile, parseClaims } from '../findings/audit/claims-file.ts';
import { largestYaml } from '../formats/yaml-shape.ts';
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
