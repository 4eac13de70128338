import type { Column } from '../../tables/table.ts';
import type { Rate } from '../../validity/harness/types.ts';

/** A rate and the ends of its 95 % interval. */
export function rateColumns<Row>(
  name: string,
  meaning: string,
  of: (row: Row) => Rate | null,
): Column<Row>[] {
  return [
    { name, type: 'number', meaning, of: (row) => of(row)?.value },
    {
      name: `${name}_low`,
      type: 'number',
      meaning: `${meaning}: lower end`,
      of: (row) => of(row)?.interval[0],
    },
    {
      name: `${name}_high`,
      type: 'number',
      meaning: `${meaning}: upper end`,
      of: (row) => of(row)?.interval[1],
    },
  ];
}
