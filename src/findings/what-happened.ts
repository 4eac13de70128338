import type { RunDynamics } from '../dynamics/analyze-run.ts';
import { stabilityAside } from '../dynamics/stabilization.ts';
import { headlineOf } from '../dynamics/stretches/headline.ts';
import type { OverSeeds } from '../dynamics/stretches/seeds/over-seeds.ts';
import { sentenceOf } from '../dynamics/stretches/sentence.ts';
import { brief, counted } from '../wording/sentences.ts';
import { nameOfGroup, type SeedGroup, type SeedGroupLayer } from './seed-groups.ts';
import type { HeldStretches, StudyAnalysis } from './study-analysis.ts';

/** What a network did under one condition, or in one run, in words, which are put together when they are read: of many runs few are. */
export interface Account {
  /** Which: network, data set and condition, or the run. */
  readonly title: string;
  /** Runs that it speaks of. */
  readonly runs: readonly string[];
  /** All layers in one sentence. */
  readonly headline: string;
  /** In network order: what each does, and whether it is stable; null where the first says it all. */
  readonly layers: readonly {
    readonly layer: string;
    readonly does: string;
    readonly stable: string | null;
  }[];
}

/** What happened in a study, in words: over seeds first, and every run by itself. */
export interface WhatHappened {
  readonly overSeeds: readonly Account[];
  /** Every run, in study order. */
  readonly perRun: readonly Account[];
  /** How many rises and falls there are, and how many hold at the study's false discovery rate. */
  readonly held: readonly string[];
}

/** Says in words and numbers what an analysis has found. */
export function whatHappened({ runs, seedGroups, heldStretches }: StudyAnalysis): WhatHappened {
  const { inRuns, overSeeds } = heldStretches;
  return {
    overSeeds: seedGroups.map((group) => accountOfGroup(group, overSeeds?.threshold ?? 0)),
    perRun: runs.map((run) => accountOfRun(run, inRuns.threshold)),
    held: heldInWords(heldStretches),
  };
}

function accountOfRun(run: RunDynamics, threshold: number): Account {
  return {
    title: run.runId,
    runs: [run.runId],
    get headline() {
      return headlineOf(run.layers, { threshold });
    },
    get layers() {
      return run.layers.map(({ layer, curve, stabilization }) => ({
        layer,
        get does() {
          return sentenceOf(curve, { threshold });
        },
        stable: stabilityAside(stabilization),
      }));
    },
  };
}

function accountOfGroup(group: SeedGroup, threshold: number): Account {
  const { runs } = group;
  return {
    title: `${nameOfGroup(group)} (${counted(runs.length, 'seed')})`,
    runs,
    get headline() {
      return headlineOf(group.layers, { threshold });
    },
    get layers() {
      return group.layers.map((layer) => ({
        layer: layer.layer,
        get does() {
          return sentenceOf(layer.curve, { threshold });
        },
        stable: stableOverSeeds(layer, runs.length),
      }));
    },
  };
}

function stableOverSeeds({ stabilized }: SeedGroupLayer, of: number): string {
  const { seeds, step, band, unmoved } = stabilized;
  const still = `no movement told from the noise in ${unmoved} of ${of} seeds`;
  if (step === null || band === null) {
    return [...(unmoved < of ? [`stable in none of ${of} seeds`] : []), ...(unmoved > 0 ? [still] : [])].join(
      '; ',
    );
  }
  const widest = Number(extent(band)[1].toPrecision(2));
  const [low, high] = extent(step);
  const from = low === high ? brief(low) : `${brief(low)}–${brief(high)}`;
  const stable = `stable within ±${widest} of its end from step ${from} on in ${seeds} of ${of} seeds`;
  return unmoved > 0 ? `${stable}; ${still}` : stable;
}

function extent({ perSeed }: OverSeeds): [number, number] {
  const known = perSeed.flatMap((own) => own ?? []);
  return [Math.min(...known), Math.max(...known)];
}

function heldInWords({ inRuns, overSeeds }: HeldStretches): string[] {
  const lines = [
    ...(overSeeds === null ? [] : [['Over seeds', overSeeds] as const]),
    ['In single runs', inRuns] as const,
  ];
  return lines.map(([where, { found, series, holding, rate }]) => {
    if (series === 0) return `${where}: no curve could be described`;
    if (found === 0) return `${where}: no rise or fall in ${counted(series, 'curve')}`;
    return `${where}: ${counted(found, 'rise or fall', 'rises and falls')} in ${counted(series, 'curve')}; ${
      holding === found ? (found === 1 ? 'it holds' : 'all hold') : `${holding} hold`
    } at a false discovery rate of ${rate} over all of them`;
  });
}
