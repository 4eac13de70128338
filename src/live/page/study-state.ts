import type { CurvesMessage, Known, LiveMessage, RunMessage, StudyMessage } from '../messages.ts';

/** A run as the page has it. */
export interface PageRun {
  /** What was said of it last, less its measurements. */
  facts: RunMessage;
  readonly steps: number[];
  readonly loss: Known[];
  /** [layer][measurement] */
  values: Known[][];
  curves: CurvesMessage | null;
}

/** What the page knows of the study. */
export interface StudyState {
  study: StudyMessage | null;
  readonly runs: Map<string, PageRun>;
}

export function emptyState(): StudyState {
  return { study: null, runs: new Map() };
}

/**
 * Takes in a message. One that was taken already, wholly or in part, changes nothing: measurements stand at the place that
 * the message names, whatever stood there.
 *
 * @returns the run that it was about; null for none, and `gap` where measurements before those of the message are missing, so
 *   that all must be asked for anew.
 */
export function take(state: StudyState, message: LiveMessage): string | null | 'gap' {
  switch (message.type) {
    case 'study':
      takeStudy(state, message);
      return null;
    case 'run':
      return takeRun(state, message);
    case 'curves': {
      const run = state.runs.get(message.run);
      if (run !== undefined) run.curves = message;
      return message.run;
    }
    case 'mark':
      return null;
  }
}

function takeStudy(state: StudyState, message: StudyMessage): void {
  const left = new Set(message.runs);
  for (const id of state.runs.keys()) if (!left.has(id)) state.runs.delete(id);
  state.study = message;
}

function takeRun(state: StudyState, message: RunMessage): string | 'gap' {
  const { run: id, from, steps, loss, values } = message;
  const known = state.runs.get(id);
  if (from > (known?.steps.length ?? 0)) return 'gap';
  const run = known ?? { facts: message, steps: [], loss: [], values: [], curves: null };
  run.facts = { ...message, steps: [], loss: [], values: [] };
  run.steps.length = from;
  run.loss.length = from;
  if (from === 0) {
    run.values = message.layers.map(() => []);
    run.curves = null;
  }
  for (const step of steps) run.steps.push(step);
  for (const value of loss) run.loss.push(value);
  for (const [l, own] of run.values.entries()) {
    own.length = Math.min(own.length, from);
    for (const value of values[l] ?? []) own.push(value);
  }
  state.runs.set(id, run);
  return id;
}
