import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSubmissions, type Submission } from '../cluster/submission.ts';
import { taskOf } from '../cluster/tasks.ts';
import { makeFolder } from '../files/make-folder.ts';
import { readBoundedText } from '../files/read-file.ts';
import { writeAtomically } from '../files/write-atomically.ts';

/*
 * What a study's folder keeps of a cluster, in `cluster/`: the scripts that were submitted, a line for every submission, and what
 * the tasks printed. Nothing of it is a result.
 */

const largestSubmissions = 2 ** 26;
const largestOutput = 2 ** 26;

const clusterFolder = (directory: string): string => join(directory, 'cluster');
const submissionsFile = (directory: string): string => join(clusterFolder(directory), 'submissions.jsonl');

/** Folder for what tasks print; made if it is not there, since the scheduler does not make it. */
export function outputFolder(directory: string): string {
  const folder = join(clusterFolder(directory), 'output');
  makeFolder(folder);
  return resolve(folder);
}

/** @returns the path of the script that is written for the submission to come. */
export function writeScript(directory: string, script: string): string {
  const path = join(clusterFolder(directory), `submission-${readSubmissions(directory).length + 1}.sbatch`);
  writeAtomically(path, script);
  return path;
}

export function addSubmission(directory: string, submission: Submission): void {
  makeFolder(clusterFolder(directory));
  appendFileSync(submissionsFile(directory), `${JSON.stringify(submission)}\n`);
}

/**
 * What was submitted of a study, first to last; empty where nothing was.
 *
 * @throws InputError naming the line that is no submission.
 */
export function readSubmissions(directory: string): Submission[] {
  const file = submissionsFile(directory);
  if (!existsSync(file)) return [];
  return parseSubmissions(readBoundedText(file, largestSubmissions), file);
}

/** What the tasks of the run at a place of the study have printed, the submissions in their order. */
export function readOutputs(
  directory: string,
  place: number,
): { readonly file: string; readonly text: string }[] {
  const folder = join(clusterFolder(directory), 'output');
  if (!existsSync(folder)) return [];
  const names = new Set(readdirSync(folder));
  return readSubmissions(directory)
    .map(({ job, of }) => `${job}_${taskOf(place, of)}.out`)
    .filter((name) => names.has(name))
    .map((name) => join(folder, name))
    .map((file) => ({ file, text: readBoundedText(file, largestOutput) }));
}
