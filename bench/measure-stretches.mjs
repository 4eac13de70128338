// Prints how far descriptions of curves can be trusted: the tables of docs/stretches.md.
//
//   npm run build && node bench/measure-stretches.mjs nulls|growing|power|seedNulls|seedTimings [series] [lengths]
//
// `series` is for each null family and length (default 400); the other parts take the share of it that `planCurves` says.
// Each part may be printed by itself. Seeded: the same command prints the same table.

import { measureGrowing } from '../dist/validity/curves/measure-growing.js';
import { measureNull } from '../dist/validity/curves/measure-nulls.js';
import { measurePower } from '../dist/validity/curves/measure-power.js';
import { measureSeedNull, measureSeedTiming } from '../dist/validity/curves/measure-seeds.js';
import { planCurves } from '../dist/validity/curves/plan-curves.js';

const [part, series, lengths, filter] = process.argv.slice(2);

const percent = (rate) => {
  if (rate === null) return '–';
  const [value, low, high] = [rate.value, ...rate.interval].map((share) => (100 * share).toFixed(1));
  return `${value} [${low}, ${high}]`;
};

const tables = {
  nulls: {
    measure: measureNull,
    columns: ['world', 'family', 'n', 'series', 'directed', 'jump', 'wander', 'moved'],
  },
  growing: {
    measure: measureGrowing,
    columns: [
      'family',
      'n',
      'looks',
      'series',
      'directed',
      'moved',
      'directedUncorrected',
      'movedUncorrected',
    ],
  },
  power: {
    measure: measurePower,
    columns: [
      ...['n', 'phi', 'size', 'shape', 'width', 'place', 'series', 'found', 'moved', 'nothingElse'],
      ...['startError', 'endError', 'startHeld', 'endHeld', 'intervalWidth'],
    ],
  },
  seedNulls: { measure: measureSeedNull, columns: ['family', 'n', 'seeds', 'series', 'directed', 'moved'] },
  seedTimings: {
    measure: measureSeedTiming,
    columns: [
      ...['shape', 'width', 'size', 'timingSd', 'walk', 'seeds', 'series'],
      ...['found', 'halfHeld', 'startHeld', 'endHeld'],
    ],
  },
};
if (tables[part] === undefined) {
  console.error(
    `usage: node bench/measure-stretches.mjs ${Object.keys(tables).join('|')} [series] [lengths] [text in the row]`,
  );
  process.exit(2);
}
const { measure, columns } = tables[part];
console.log(columns.join(' | '));
const plan = planCurves({
  ...(series === undefined ? {} : { series: Number(series) }),
  ...(lengths === undefined ? {} : { lengths: lengths.split(',').map(Number) }),
});
for (const cell of plan[part]) {
  if (filter !== undefined && !JSON.stringify(cell).includes(filter)) continue;
  const row = measure(cell);
  console.log(
    columns
      .map((column) =>
        row[column] !== null && typeof row[column] === 'object' ? percent(row[column]) : row[column],
      )
      .join(' | '),
  );
}
