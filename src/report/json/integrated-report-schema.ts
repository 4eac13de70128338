import { z } from 'zod';
import { studyOrigins } from '../../measurements/types.ts';
import { analysisSchema } from './analysis-schema.ts';
import { architecturesSchema } from './architectures-schema.ts';
import { dashboardSchema } from './dashboard-schema.ts';
import { audited, finding, hypotheses, warning } from './findings-schema.ts';
import { integratedReportVersion } from './integrated-report.ts';
import { count, interval, names, number, oneOf, orNull, step, text } from './parts.ts';
import { runSchema } from './run-schema.ts';

const program = z.strictObject({ name: text('program'), version: text('of it') });

const studySchema = z.strictObject({
  title: text('of the study'),
  origin: oneOf(studyOrigins, 'how its runs came about'),
  source: orNull(text('what imported logs or probed weights came from'), 'otherwise'),
  tool: program.describe('that wrote the study'),
  settings: z.record(z.string(), z.unknown()).describe('as the study has them'),
  machine: z.record(z.string(), z.union([z.string(), z.number()])).describe('on which it was written'),
  factors: z
    .record(z.string(), z.record(z.string(), z.union([z.number(), z.string()])))
    .describe('what is varied on purpose: by factor the value of each run'),
  seeds: z.array(z.number()).describe('with which runs were trained, ascending; those that are recorded'),
  logs: z
    .array(
      z.strictObject({
        run: text('its name'),
        records: orNull(count('before the last one'), 'where the study has no digest'),
        sha256: orNull(text('of all bytes before the last record'), 'where the study has no digest'),
      }),
    )
    .describe('digests of the logs, in the order of the runs'),
  notes: names('what a reader must know of how the study came about'),
});

const checkpointsSchema = z
  .strictObject({
    run: text('its name'),
    steps: z.array(z.number()).describe('of the checkpoints that were read [training steps]'),
    values: z
      .array(
        z.strictObject({
          measure: text('what was measured; see docs/mechanisms.md'),
          subject: text('layer, attention module, parameter or class'),
          step: step('of the checkpoint'),
          unit: text('unit or range of the value'),
          value: orNull(number('in that unit'), 'where it could not be determined'),
          interval: orNull(interval('95 %'), 'of measures without one'),
          chance: orNull(number('what guessing would reach'), 'of measures without such a level'),
          reason: orNull(text('why there is no value'), 'where there is one'),
        }),
      )
      .describe('every measure of everything in them'),
    ablations: z
      .array(
        z.strictObject({
          part: text('that was taken out'),
          replacement: text('what stood in for it'),
          loss: orNull(number('gained by it', 'nats for cross-entropy'), 'where it could not be computed'),
        }),
      )
      .describe('what the network loses without each part, at the last checkpoint'),
  })
  .meta({ id: 'CheckpointsOfRun', description: 'what stands inside the checkpoints of a run' });

/**
 * What `integrated_report.json` holds, field by field.
 *
 * @example
 * integratedReportSchema.safeParse({}).success; // false
 */
export const integratedReportSchema = z.strictObject({
  schemaVersion: z.literal(integratedReportVersion).describe('of this format'),
  tool: program.describe('that analyzed and wrote the report'),
  study: studySchema.describe('what was analyzed'),
  findings: z.array(finding).describe('claims about the study, and what became of them'),
  audited: orNull(audited, 'where no claims were tested'),
  hypotheses: orNull(hypotheses, 'where none were tested'),
  warnings: z.array(warning).describe('what the data checks say'),
  dashboard: dashboardSchema.describe('the study at a glance'),
  architectures: orNull(
    architecturesSchema.describe('when and in which layers each kind of network is fast'),
    'where nothing is fast',
  ),
  analysis: analysisSchema.describe('what the runs have in common'),
  runs: z.array(runSchema).describe('in study order'),
  checkpoints: orNull(
    z.array(checkpointsSchema).describe('what stands inside some checkpoints of some runs'),
    'where none were looked for',
  ),
  methods: z
    .strictObject({
      paragraphs: names('the methods in words, for a paper'),
      references: z
        .array(z.strictObject({ key: text('in the BibTeX'), cited: text('as the paragraphs cite it') }))
        .describe('publications that they cite'),
      bibtex: text('the program and these publications as BibTeX'),
    })
    .describe('how the report came about'),
  reproduce: orNull(
    z.strictObject({ commands: names('that make the report again'), notes: names('on them') }),
    'where that is not known',
  ),
});

/**
 * The same as JSON Schema, for other programs: `schema/integrated-report.schema.json`.
 *
 * @example
 * integratedReportJsonSchema().title; // 'integrated_report.json of rankscope, version 4'
 */
export function integratedReportJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(integratedReportSchema, { io: 'output' });
  return {
    $schema,
    $id: `urn:rankscope:integrated-report:${integratedReportVersion}`,
    title: `integrated_report.json of rankscope, version ${integratedReportVersion}`,
    description: 'The whole report of a study, for programs. In words: docs/report-json.md.',
    ...rest,
  };
}
