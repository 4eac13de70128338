import { plainLine } from '../../errors/plain-text.ts';
import { type DrawingOptions, renderSvg } from '../../figures/render-svg.ts';
import { validityFalsePositivesSpec } from '../../figures/validity-false-positives.ts';
import { validityPowerSpec } from '../../figures/validity-power.ts';
import type { ValidityReport } from '../../validity/harness/report.ts';

/** Of a command or a path, in a title. */
const longestName = 120;

/** The figures of a report by file name: false positives, and power at each length. */
export async function validityFigures(
  { detector, falsePositives, limit, power }: ValidityReport,
  look: DrawingOptions = {},
): Promise<Map<string, string>> {
  const name = plainLine(detector, longestName);
  const figures = new Map<string, string>();
  if (falsePositives.length > 0) {
    const title = `How often ${name} invents a change`;
    const spec = validityFalsePositivesSpec({ title, rows: falsePositives, limit });
    figures.set('false-positives.svg', await renderSvg(spec, look));
  }
  for (const length of new Set(power.map(({ n }) => n))) {
    const title = `How well ${name} finds changes in ${length} measurements`;
    const spec = validityPowerSpec({ title, power: power.filter(({ n }) => n === length) });
    figures.set(`power-${length}.svg`, await renderSvg(spec, look));
  }
  return figures;
}
