import type { Dataset } from '../datasets/types.ts';
import { InputError } from '../errors/input-error.ts';
import type { SubjectRecord } from '../measurements/track-record.ts';
import type { CheckpointReading } from '../mechanisms/checkpoint-reading.ts';
import { type MeasureSubject, mechanismMeasures, trackedMeasures } from '../mechanisms/measures.ts';
import type { Model } from '../models/model.ts';
import { undetermined } from '../spectra/determined.ts';
import { copyTensors, type NamedTensors } from '../training/training-state.ts';
import { type MechanismReader, openMechanismReader, weightTensors } from './mechanism-reader.ts';

/** What can be tracked of the inside of a network while it trains, and what its measures are taken of. */
export const mechanismTracks = {
  attention: 'attention',
  filters: 'weights',
  units: 'activations',
} as const satisfies Readonly<Record<string, MeasureSubject>>;

export type MechanismTrack = keyof typeof mechanismTracks;

/** The attention modules, weight tensors or layers that a track measures, in network order; empty where a network has none. */
export function trackedSubjects({ layers, parameters }: Model, track: MechanismTrack): string[] {
  switch (track) {
    case 'attention': {
      const heads = layers.filter(({ kind }) => kind === 'attention-head');
      return [...new Set(heads.map(({ name }) => name.slice(0, name.lastIndexOf('.heads.'))))];
    }
    case 'filters':
      return parameters.filter(({ shape }) => shape.length >= 2).map(({ name }) => name);
    case 'units':
      return layers.map(({ name }) => name);
  }
}

/** Takes the measures of the mechanism tracks, with the names and values that `mechanisms` gives at a checkpoint. */
export interface MechanismRecords {
  /** One record for each of `trackedSubjects`. What is needed of the weights is copied before this returns. */
  take(track: MechanismTrack, weights: NamedTensors): Promise<SubjectRecord[]>;
  close(): Promise<void>;
}

/** @param probe examples that every measurement is taken on. */
export function mechanismRecords(
  model: Model,
  probe: Dataset,
  threads: number | undefined,
): MechanismRecords {
  const readers = new Map<MechanismTrack, Promise<MechanismReader>>();
  const readerOf = (track: MechanismTrack): Promise<MechanismReader> => {
    const parts = { activations: track === 'units', attention: track === 'attention' };
    const reader = readers.get(track) ?? openMechanismReader(model, probe, threads, parts);
    readers.set(track, reader);
    return reader;
  };
  const read = async (track: MechanismTrack, weights: NamedTensors): Promise<CheckpointReading> =>
    track === 'filters'
      ? { ...nothingRead, ...probe, weights: weightTensors(model, weights) }
      : (await readerOf(track)).read(0, weights);
  return {
    take: async (track, weights) => {
      const subjects = trackedSubjects(model, track);
      const copy = copyTensors(weights);
      // The runtime's ReLU makes 0 of NaN: units would look dead.
      const reading = notFinite(copy) ?? (await orReason(() => read(track, copy)));
      return subjects.map((name) => ({ values: valuesOf(track, reading, name) }));
    },
    close: async () => {
      for (const reader of readers.values()) await (await reader).close();
    },
  };
}

const nothingRead = { step: 0, activations: new Map(), attention: new Map() };

/** Values of every measure of one subject. A network whose numbers left their range has reasons in their place. */
function valuesOf(track: MechanismTrack, reading: CheckpointReading | string, name: string) {
  return Object.fromEntries(
    trackedMeasures(mechanismTracks[track]).map((measure) => {
      if (typeof reading === 'string') return [measure, undetermined(reading)];
      const alone = { now: reading, first: reading, previous: null };
      try {
        return [measure, mechanismMeasures[measure].of(alone, name)];
      } catch (error) {
        return [measure, undetermined(reasonOf(error))];
      }
    }),
  );
}

function notFinite(weights: NamedTensors): string | null {
  for (const [name, { data }] of weights) {
    if (!data.every(Number.isFinite)) return `${name} holds a weight that is not finite`;
  }
  return null;
}

async function orReason<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work();
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  throw error;
}
