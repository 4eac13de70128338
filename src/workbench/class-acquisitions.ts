import type { Run } from '../measurements/types.ts';
import { type Acquisition, acquisitions, type ClassCurve } from '../mechanisms/classes/acquisition.ts';
import type { MechanismValue } from '../mechanisms/measures.ts';

/** When one class was acquired and forgotten in one run. */
export interface ClassAcquisition {
  readonly run: string;
  /** From 0. */
  readonly label: number;
  /** Whether accuracies are those of the logged evaluations, or of the probe at checkpoints. */
  readonly measuredAt: 'evaluations' | 'checkpoints';
  /** Empty for a class that is never acquired. */
  readonly spans: readonly Acquisition[];
  /** Why nothing is known; null where something is. */
  readonly reason: string | null;
}

/**
 * When each class of a run is acquired and forgotten: by its logged evaluations where there are two with accuracies per class, which have
 * more examples and are mostly denser, else by the checkpoints.
 */
export function classAcquisitions(
  run: Pick<Run, 'id' | 'evaluations'>,
  values: readonly MechanismValue[],
): ClassAcquisition[] {
  const logged = run.evaluations.filter(({ perClass }) => perClass !== undefined);
  const isLogged = logged.length > 1;
  const curves = isLogged
    ? Array.from(logged[0].perClass!, (_, label) => ({
        steps: logged.map(({ step }) => step),
        accuracy: logged.map(({ perClass }) => perClass![label]),
      }))
    : curvesOf(values);
  return curves.map((curve, label) => ({
    ...{ run: run.id, label, measuredAt: isLogged ? 'evaluations' : 'checkpoints' },
    ...when(curve, label),
  }));
}

function when(curve: ClassCurve, label: number): Pick<ClassAcquisition, 'spans' | 'reason'> {
  const isKnown = Array.from(curve.accuracy).some((value) => value !== null && !Number.isNaN(value));
  if (!isKnown) return { spans: [], reason: `class ${label} has no example` };
  return { spans: acquisitions(curve), reason: null };
}

/** Accuracies of the classes at checkpoints, in their order. */
function curvesOf(values: readonly MechanismValue[]): ClassCurve[] {
  const curves = new Map<string, { steps: number[]; accuracy: (number | null)[] }>();
  for (const { measure, subject, step, value } of values) {
    if (measure !== 'class_accuracy') continue;
    const curve = curves.get(subject) ?? { steps: [], accuracy: [] };
    curves.set(subject, curve);
    curve.steps.push(step);
    curve.accuracy.push(value.determined ? value.value : null);
  }
  return [...curves.values()];
}
