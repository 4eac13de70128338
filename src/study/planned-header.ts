import type { RunHeader } from '../measurements/run-header.ts';
import type { Model } from '../models/model.ts';
import type { RunExamples } from './choose-examples.ts';
import { scheduleInWords } from './due-steps.ts';
import { measuredSeries } from './measure-layer.ts';
import { planMeter } from './measure-layers.ts';
import type { RunPlan } from './run-plan.ts';
import type { TrackMeter } from './tracks/track-meter.ts';

/** What the log of a planned run says before the first measurement. */
export async function plannedHeader(
  plan: RunPlan,
  model: Model,
  { probe }: RunExamples,
  tracks: readonly TrackMeter[],
): Promise<RunHeader> {
  return {
    id: plan.id,
    architecture: plan.architectureName,
    family: model.family,
    dataset: plan.dataset,
    classes: probe.data.targets === undefined ? model.classes : null,
    seed: plan.seed,
    hyperparameters: {
      ...plan.training,
      ...(plan.condition !== undefined && { condition: plan.condition }),
      probeSamples: plan.measurement.samples,
      measureEvery: scheduleInWords(plan.measurement.every),
    },
    parameterCount: model.parameterCount,
    plannedSteps: plan.training.steps,
    layers: planMeter(plan, model).headers,
    probe: { examples: [...probe.ids], sha256: await sha256(probe.data.inputs) },
    spectra: plan.measurement.spectra,
    series: measuredSeries(plan.measurement.spectra),
    ...(tracks.length > 0 && { tracks: tracks.map(({ header }) => header) }),
  };
}

async function sha256(values: Float32Array): Promise<string> {
  const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  const digest = await globalThis.crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
