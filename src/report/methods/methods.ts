import type { StudyManifest } from '../../measurements/types.ts';
import type { ReportInput } from '../types.ts';
import {
  curvesInWords,
  detectorInWords,
  layersTogetherInWords,
  ratesInWords,
  runChangesInWords,
} from './analyzed-in-words.ts';
import { citer } from './cite.ts';
import { measurementInWords, runsInWords } from './measured-in-words.ts';
import type { ReferenceKey } from './references.ts';
import { claimsInWords } from './tested-in-words.ts';

/** How a report came about, in words for a paper. */
export interface ReportMethods {
  /** In plain text, one for each part of the method. */
  readonly paragraphs: readonly string[];
  /** The publications that they cite, by key of `references`, in alphabetical order. */
  readonly cited: readonly ReferenceKey[];
}

/**
 * The methods of a report, written from what was really set and counted: what does not stand in the input is not said.
 *
 * @example
 * reportMethods({ manifest, runs, analysis }).paragraphs.join('\n\n');
 */
export function reportMethods(input: ReportInput): ReportMethods {
  const { cite, cited } = citer();
  const { analysis } = input;
  const paragraphs = [
    runsInWords(input, cite),
    measurementInWords(input, cite),
    curvesInWords(analysis, cite),
    detectorInWords(analysis, cite),
    runChangesInWords(analysis, cite),
    layersTogetherInWords(analysis, cite),
    ratesInWords(analysis, cite),
    claimsInWords(input, cite),
    randomnessInWords(input),
  ].filter((paragraph) => paragraph !== null);
  return { paragraphs, cited: cited() };
}

/** The program that made analysis and report. */
export function toolOf({ tool, manifest }: Pick<ReportInput, 'tool' | 'manifest'>): StudyManifest['tool'] {
  return tool ?? manifest.tool;
}

function randomnessInWords(input: ReportInput): string {
  const { analysis, manifest } = input;
  const { name, version } = toolOf(input);
  const { node, platform } = manifest.machine;
  const written = `${manifest.tool.name} ${manifest.tool.version}${node === undefined ? '' : `, Node ${node}`}${platform === undefined ? '' : `, ${platform}`}`;
  return `Analysis and report were made by ${name} ${version}; the study was written by ${written}. All random draws follow from the seed ${analysis.seed}, and the results are the same for any number of threads.`;
}
