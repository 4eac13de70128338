import type { StudyFileInput } from './study-file.ts';

/** Ready-made studies, by name. */
export const presets: Readonly<Record<string, StudyFileInput>> = {
  demo: {
    title: 'Three MLPs learn drawn digits',
    architectures: ['mlp_shallow_2', 'mlp_narrow', 'mlp_medium'],
    datasets: ['drawn_digits'],
    seeds: [0, 1],
  },
};
