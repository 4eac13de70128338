import { classTimesSpec } from '../../figures/class-times.ts';
import type { Run } from '../../measurements/types.ts';
import { acquisitions } from '../../mechanisms/classes/acquisition.ts';
import { counted } from '../../wording/sentences.ts';
import type { EvidenceFigure, ReportInput } from '../types.ts';

/** More classes than fit below one another are not drawn. */
const mostClasses = 40;

/** When each class is acquired and forgotten, by architecture and data set, from logged evaluations; empty where none is by class. */
export function classFigures({ runs }: ReportInput): Map<string, EvidenceFigure> {
  const figures = new Map<string, EvidenceFigure>();
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const byClass = run.evaluations.filter(({ perClass }) => perClass !== undefined);
    if (byClass.length < 3 || byClass[0].perClass!.length > mostClasses) continue;
    const key = `${run.architecture}, ${run.dataset}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  [...groups].forEach(([name, members], g) => {
    const times = members.flatMap((run) => timesOf(run));
    if (times.length === 0) return;
    const classes = Array.from(
      members[0].evaluations.find(({ perClass }) => perClass !== undefined)!.perClass!,
      (_, label) => String(label),
    );
    const lastStep = Math.max(...members.map(({ evaluations }) => evaluations.at(-1)!.step));
    const title = `When classes are acquired: ${name}`;
    figures.set(`classes-${g}`, {
      title,
      caption: '',
      reading: `When classes are acquired. A dot: the first of two evaluations in a row in which at least half of a class’s held-out examples are recognized; a cross: the first of two with less than 0.4; a line while it is known, one for each of ${counted(members.length, 'run')}.`,
      spec: classTimesSpec({ title, classes, times, lastStep }),
    });
  });
  return figures;
}

function timesOf({ id, evaluations }: Run) {
  const logged = evaluations.filter(({ perClass }) => perClass !== undefined);
  const steps = logged.map(({ step }) => step);
  return Array.from(logged[0].perClass!, (_, label) =>
    acquisitions({ steps, accuracy: logged.map(({ perClass }) => perClass![label]) }).map(
      ({ acquired, forgotten }) => ({ name: String(label), run: id, acquired, forgotten }),
    ),
  ).flat();
}
