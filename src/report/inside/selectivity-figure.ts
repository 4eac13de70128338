import { type MatrixPanel, matrixPanelsSpec } from '../../figures/matrix-panels.ts';
import { SEQUENTIAL_SCHEME } from '../../figures/theme.ts';
import type { CheckpointReading } from '../../mechanisms/checkpoint-reading.ts';
import { classMeans } from '../../mechanisms/units/selectivity.ts';
import type { FramedFigure, InsideRun } from './inside-run.ts';
import { panelName } from './panel-name.ts';

const [mostUnits, mostLayers] = [48, 6];

/**
 * What the units of each layer answer to each class, as a share of the class that they answer most. Units stand in the order of
 * the class that they prefer at the last checkpoint, so that a block in one column is a class with units of its own.
 */
export function selectivityFigures({ run, readings }: InsideRun): FramedFigure[] {
  const [first] = readings;
  const last = readings[readings.length - 1];
  const layers = chosen([...first.activations.keys()].filter((name) => isActivated(readings, name)));
  if (layers.length === 0) return [];
  const orders = new Map(layers.map((name) => [name, preferenceOrder(last, name)]));
  const title = 'Which units answer which class';
  return [
    {
      ...{ name: 'selectivity', title: `${run}: ${title}` },
      caption: `Mean answer of every unit to the examples of each class, as a share of its largest, on the probe examples; units in the order of the class that they answer most at the last checkpoint (at most ${mostUnits} a layer, those that answer most). Blank: units that answer nothing.`,
      frames: readings.map((reading) => ({
        step: reading.step,
        spec: matrixPanelsSpec({
          ...{ title, subtitle: run },
          rows: [
            {
              title: `step ${reading.step}`,
              panels: layers.map((name) => panel(reading, name, orders.get(name)!)),
            },
          ],
          x: { title: 'Class' },
          color: {
            title: 'Share of the unit’s largest class mean',
            domain: [0, 1],
            scheme: SEQUENTIAL_SCHEME,
          },
          cell: [
            11,
            Math.max(4, Math.floor(260 / Math.max(...[...orders.values()].map(({ length }) => length)))),
          ],
        }),
      })),
    },
  ];
}

/** Layers whose units are never negative: of others no share of the largest can be taken. */
function isActivated(readings: readonly CheckpointReading[], name: string): boolean {
  return readings.every(({ activations }) => activations.get(name)!.data.every((value) => value >= 0));
}

/** Evenly among those that there are. */
function chosen(names: readonly string[]): string[] {
  if (names.length <= mostLayers) return [...names];
  return Array.from(
    { length: mostLayers },
    (_, i) => names[Math.round((i * (names.length - 1)) / (mostLayers - 1))],
  );
}

function meansOf(reading: CheckpointReading, name: string) {
  return classMeans({ ...reading, matrix: reading.activations.get(name)! });
}

function preferenceOrder(reading: CheckpointReading, name: string): number[] {
  const { means, units, classes } = meansOf(reading, name);
  const facts = Array.from({ length: units }, (_, unit) => {
    const own = Array.from(means.subarray(unit * classes, (unit + 1) * classes));
    const largest = Math.max(...own.filter(Number.isFinite));
    // Silent units prefer no class: they stand last.
    return { unit, largest, preferred: largest > 0 ? own.indexOf(largest) : classes };
  });
  return facts
    .sort((a, b) => b.largest - a.largest)
    .slice(0, mostUnits)
    .sort((a, b) => a.preferred - b.preferred || b.largest - a.largest)
    .map(({ unit }) => unit);
}

function panel(reading: CheckpointReading, name: string, order: readonly number[]): MatrixPanel {
  const { means, classes } = meansOf(reading, name);
  const values = order.flatMap((unit) => {
    const own = Array.from(means.subarray(unit * classes, (unit + 1) * classes));
    const largest = Math.max(...own.filter(Number.isFinite));
    // A silent unit answers nothing: blank, not 0.
    return own.map((value) => (largest > 0 ? value / largest : Number.NaN));
  });
  return { title: panelName(name, 16), values, rows: order.length, columns: classes };
}
