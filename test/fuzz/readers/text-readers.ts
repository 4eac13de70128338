import { parseAccounting, parseQueue } from '../../../src/cluster/slurm-answers.ts';
import { parseSubmissions } from '../../../src/cluster/submission.ts';
import { parseClaims } from '../../../src/findings/audit/claims-file.ts';
import { decodeUtf8 } from '../../../src/formats/utf8.ts';
import { parseNdtRun } from '../../../src/imports/ndt/ndt-run.ts';
import { csvSeries } from '../../../src/imports/series/csv-series.ts';
import { jsonSeries } from '../../../src/imports/series/json-series.ts';
import { readJsonLines } from '../../../src/imports/tables/record-table.ts';
import { parsePlan, planSteps } from '../../../src/planning/plan-file.ts';
import { csvFields } from '../../../src/published/csv-fields.ts';
import { jsonFields } from '../../../src/published/json-fields.ts';
import type { Jump } from '../../../src/published/jumps.ts';
import { publishedDraw } from '../../../src/published/published-draw.ts';
import { parseStudyFile } from '../../../src/study/study-file.ts';
import { parseAnnotatedSeries, parseAnnotations } from '../../../src/validity/turing-change-points/files.ts';
import type { FuzzedReader } from '../fuzzed-reader.ts';
import * as samples from '../samples/texts.ts';
import { jsonMutations, textMutations } from '../text-mutations.ts';

const mutations = [...textMutations, ...jsonMutations];
/** Reads a text as the program does: bytes that are not UTF-8 are refused first. */
const text =
  (read: (text: string) => unknown): FuzzedReader['read'] =>
  (bytes) =>
    read(decodeUtf8(bytes, 'x'));

/** The tree that the YAML parser keeps takes up to a kilobyte for each token; `src/formats/yaml-shape.ts` bounds those. */
const yamlCeiling = 32 * 2 ** 20;

const jump = (layer: string): Jump =>
  ({
    experiment: 'cnn_deep_mnist',
    layer,
    step: 11,
    phase: 0.1,
    magnitude: 1,
    speed: 1,
    cluster: 2,
  }) as unknown as Jump;

export const textReaders: readonly FuzzedReader[] = [
  {
    name: 'csv-series',
    source: 'imports/series/csv-series.ts',
    samples: samples.csvTables,
    read: (bytes) => csvSeries(bytes, 'x.csv'),
    mutations: textMutations,
  },
  {
    name: 'json-series',
    source: 'imports/series/json-series.ts',
    samples: samples.jsonSeriesFiles,
    read: (bytes) => jsonSeries(bytes, 'x.json'),
    mutations,
  },
  {
    name: 'json-lines',
    source: 'imports/tables/record-table.ts',
    samples: samples.jsonLines,
    read: (bytes) => readJsonLines([bytes], bytes.length, 'x.jsonl').columns,
    mutations,
  },
  {
    name: 'ndt-log',
    source: 'imports/ndt/ndt-run.ts',
    samples: samples.ndtLogs,
    read: text((content) => parseNdtRun(content, 'x.json')),
    mutations,
  },
  {
    name: 'study-file',
    source: 'study/study-file.ts',
    samples: samples.studyFiles,
    read: text((content) => parseStudyFile(content, 'x.yaml')),
    mutations,
    ceiling: yamlCeiling,
  },
  {
    name: 'plan-file',
    source: 'planning/plan-file.ts',
    samples: samples.planFiles,
    read: text((content) => planSteps(content, 'x.json')),
    mutations,
  },
  {
    name: 'full-plan-file',
    source: 'planning/plan-file.ts',
    samples: samples.fullPlanFiles,
    read: text((content) => parsePlan(content, 'x.json')),
    mutations,
  },
  {
    name: 'claims-file',
    source: 'findings/audit/claims-file.ts',
    samples: samples.claimsFiles,
    read: text((content) => parseClaims(content, 'x.yaml')),
    mutations,
    ceiling: yamlCeiling,
  },
  {
    name: 'annotated-series',
    source: 'validity/turing-change-points/files.ts',
    samples: samples.annotatedSeries,
    read: text((content) => parseAnnotatedSeries(content, 'x.json')),
    mutations,
  },
  {
    name: 'annotations',
    source: 'validity/turing-change-points/files.ts',
    samples: samples.annotations,
    read: text((content) => parseAnnotations(content, 'x.json')),
    mutations,
  },
  {
    name: 'published-json',
    source: 'published/json-fields.ts',
    samples: samples.checkpointPlans,
    read: text((content) => jsonFields(content, 'x.json')),
    mutations,
  },
  {
    name: 'published-csv',
    source: 'published/csv-fields.ts',
    samples: samples.publishedTables,
    read: text((content) => csvFields(content, 'x.csv')),
    mutations: textMutations,
  },
  {
    name: 'checkpoint-plan',
    source: 'published/published-draw.ts',
    samples: samples.checkpointPlans,
    read: text((content) => publishedDraw([jump('conv_layers.0'), jump('fc')], content)),
    mutations,
  },
  {
    name: 'submissions',
    source: 'cluster/submission.ts',
    samples: samples.submissions,
    read: text((content) => parseSubmissions(content, 'x.jsonl')),
    mutations,
  },
  {
    name: 'slurm-answers',
    source: 'cluster/slurm-answers.ts',
    samples: samples.slurmAnswers,
    read: text((content) => [parseQueue(content), parseAccounting(content)]),
    mutations: textMutations,
  },
];
