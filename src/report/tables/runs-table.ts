import type { RunSummary } from '../../dynamics/run-summary.ts';
import { type Column, type Table, table } from '../../tables/table.ts';

const columns: readonly Column<RunSummary>[] = [
  { name: 'run', type: 'text', meaning: 'name of the run', of: ({ run }) => run },
  { name: 'architecture', type: 'text', meaning: 'its network', of: ({ architecture }) => architecture },
  { name: 'family', type: 'text', meaning: 'the kind of its network', of: ({ family }) => family },
  { name: 'dataset', type: 'text', meaning: 'what it learned', of: ({ dataset }) => dataset },
  { name: 'seed', type: 'integer', meaning: 'the seed it was trained with', of: ({ seed }) => seed },
  {
    name: 'parameters',
    type: 'integer',
    meaning: 'weights and biases of the network',
    of: ({ parameters }) => parameters,
  },
  {
    name: 'layers',
    type: 'integer',
    meaning: 'layers that were measured',
    of: ({ layers }) => layers.length,
  },
  {
    name: 'measurements',
    type: 'integer',
    meaning: 'how often they were measured',
    of: ({ measurements }) => measurements,
  },
  {
    name: 'planned_steps',
    type: 'integer',
    unit: 'training steps',
    meaning: 'length of the training as planned',
    of: ({ plannedSteps }) => plannedSteps,
  },
  {
    name: 'last_step',
    type: 'integer',
    unit: 'training steps',
    meaning: 'the last step that was measured',
    of: ({ lastStep }) => lastStep,
  },
  {
    name: 'complete',
    type: 'boolean',
    meaning: 'whether the run reached its planned end',
    of: ({ complete }) => complete,
  },
  { name: 'stopped', type: 'text', meaning: 'why it did not', of: ({ stopped }) => stopped },
  {
    name: 'accuracy',
    type: 'number',
    unit: '0 to 1',
    meaning: 'share of held-out examples classified rightly at the last evaluation',
    of: ({ accuracy }) => accuracy?.accuracy,
  },
  {
    name: 'held_out_loss',
    type: 'number',
    meaning: 'mean loss on held-out examples at the last evaluation',
    of: ({ accuracy }) => accuracy?.loss,
  },
  {
    name: 'final_loss',
    type: 'number',
    unit: 'nats for cross-entropy',
    meaning: 'the last training loss that is a number',
    of: ({ loss }) => loss?.last.loss,
  },
  {
    name: 'does',
    type: 'text',
    meaning: 'what its layers do together, in a sentence',
    of: ({ totals }) => totals?.does,
  },
  {
    name: 'described_layers',
    type: 'integer',
    meaning: 'layers whose curves could be described',
    of: ({ totals }) => totals?.describedLayers,
  },
  {
    name: 'moving_layers',
    type: 'integer',
    meaning: 'of these, layers with a rise or fall; empty where none could be described',
    of: ({ totals }) => totals?.movingLayers,
  },
  {
    name: 'fast_stretches',
    type: 'integer',
    meaning: 'jumps and fast rises and falls in them; empty where none could be described',
    of: ({ totals }) => totals?.fastStretches,
  },
  {
    name: 'testable_layers',
    type: 'integer',
    meaning: 'layers whose series the step detector could test',
    of: ({ totals }) => totals?.testableLayers,
  },
  {
    name: 'changes',
    type: 'integer',
    meaning: 'changes that it found in them; empty where it could test none',
    of: ({ totals }) => totals?.changes,
  },
  {
    name: 'stabilized_layers',
    type: 'integer',
    meaning:
      'layers that stay near their end and no longer rise or fall; empty where none could be described',
    of: ({ totals }) => totals?.stabilizedLayers,
  },
  {
    name: 'convergence_pattern',
    type: 'text',
    meaning: 'in which order layers stabilized',
    of: ({ totals }) => totals?.convergencePattern,
  },
];

/** The runs of a study, one row each. */
export function runsTable(summaries: Iterable<RunSummary>): Table {
  return table('runs', 'one run', columns, summaries);
}
