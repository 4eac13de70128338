import { InputError } from '../../errors/input-error.ts';
import type { TrackHeader } from '../../measurements/run-header.ts';
import type { Model } from '../../models/model.ts';
import { determined } from '../../spectra/determined.ts';
import { openProbe, type Probe } from '../../training/probe.ts';
import { teacherOf } from '../dataset-store.ts';
import { dueSteps } from '../due-steps.ts';
import type { RunPlan } from '../run-plan.ts';
import type { TrackKind } from './track-kind.ts';

/**
 * How far a network has learned each mode of a linear teacher U diag(s) Vᵀ: its `strength` u_kᵀ f(v_k), from 0 to s_k, where f(v_k) is
 * the network's answer to the mode's input direction, and `learned`, its share of s_k. Of several copies of the input only one is
 * shown at a time, the others blank: that of the path whose strength it is.
 */
export const modesOfTeacher: TrackKind = {
  key: 'modes',
  id: 'modes',
  assert: (plan) => {
    if (teacherOf(plan) !== undefined) return;
    const allowed = 'only for data of kind linear_teacher, whose modes are known';
    throw new InputError({ field: 'modes', value: plan.dataset, allowed });
  },
  open: (plan, model) => {
    const directions = inputDirections(plan, model);
    const header: TrackHeader = {
      id: 'modes',
      series: ['strength', 'learned'],
      subjects: directions.map(({ name }) => ({ name, rows: null, columns: null })),
      spectra: false,
    };
    const inputs = Float32Array.from(directions.flatMap(({ input }) => Array.from(input)));
    let probe: Promise<Probe> | null = null;
    return {
      header,
      isDue: dueSteps(plan.modes!),
      concurrent: false,
      measure: async ({ after }) => {
        probe ??= openProbe(model, { count: directions.length, layers: [] });
        const { logits } = await (await probe).read(after, inputs);
        return directions.map(({ response, singularValue }, row) => {
          const answer = logits.data.subarray(row * model.classes, (row + 1) * model.classes);
          const strength = answer.reduce((sum, value, i) => sum + value * response[i], 0);
          return {
            values: { strength: determined(strength), learned: determined(strength / singularValue) },
          };
        });
      },
      close: async () => (await probe)?.close(),
    };
  },
};

/** What is shown to the network for each mode and copy of the input, and the direction of the answer that is asked for. */
function inputDirections(plan: RunPlan, { exampleShape: [width], classes }: Model) {
  const { left, right, singularValues } = teacherOf(plan)!;
  const size = Math.sqrt(right.length);
  const copies = width / size;
  return Array.from({ length: copies }, (_, copy) =>
    singularValues.map((singularValue, mode) => {
      const input = new Float64Array(width);
      for (let i = 0; i < size; i++) input[copy * size + i] = right[i * size + mode];
      return {
        name: copies === 1 ? `mode ${mode + 1}` : `path ${copy + 1}, mode ${mode + 1}`,
        input,
        response: Float64Array.from({ length: classes }, (_, i) => left[i * classes + mode]),
        singularValue,
      };
    }),
  ).flat();
}
