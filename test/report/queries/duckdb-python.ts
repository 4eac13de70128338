import { spawnSync } from 'node:child_process';
import { type Requirement, toolsDemanded } from '../../requirements.ts';

/** A Python with the packages of `requirements.txt`; `.ci/run` makes one. */
const python = process.env.RANKSCOPE_DUCKDB_PYTHON;

/** DuckDB and pandas, which read the tables as their users do. */
export function duckdbPython(): Requirement {
  return {
    missing: python === undefined ? 'RANKSCOPE_DUCKDB_PYTHON names no Python with DuckDB and pandas' : null,
    demanded: toolsDemanded,
  };
}

export interface Query {
  readonly language: string;
  readonly code: string;
}

/** What DuckDB and pandas answer, in the folder of the tables. */
export function answersTo(queries: readonly Query[], cwd: string): string[] {
  const script = new URL('run_queries.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(python as string, [script], {
    ...{ cwd, input: JSON.stringify(queries), encoding: 'utf8', maxBuffer: 1e8 },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
