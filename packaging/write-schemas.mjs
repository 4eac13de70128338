/** Writes the JSON Schemas that the package carries, from the compiled program: npm run schemas. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { jsonSchemas } from '../dist/measurements/format/json-schema.js';
import { integratedReportJsonSchema } from '../dist/report/json/integrated-report-schema.js';

const folder = resolve(import.meta.dirname, '../schema');
mkdirSync(folder, { recursive: true });
const schemas = { ...jsonSchemas(), 'integrated-report.schema.json': integratedReportJsonSchema() };
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(resolve(folder, name), `${JSON.stringify(schema, null, 2)}\n`);
}
