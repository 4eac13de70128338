import { byId, setText } from '../../figures/page/elements.ts';
import type { TrainingState } from '../messages.ts';

/** Milliseconds between two looks at how the training is. */
const LOOK = 1000;
const words = { stopped: 'not training', training: 'training', stopping: 'saving, and stopping …' } as const;

/** Shows the buttons that start and stop the training, for a page whose address has the token of the server. */
export function controlTraining(token: string): void {
  const [start, stop] = [byId('start'), byId('stop')] as HTMLButtonElement[];
  const show = ({ state, fault }: TrainingState): void => {
    start.disabled = state !== 'stopped';
    stop.disabled = state !== 'training';
    setText(byId('training-state'), fault === null ? words[state] : `it ended: ${fault}`);
  };
  const ask = async (path: string, method: 'GET' | 'POST'): Promise<void> => {
    try {
      const response = await fetch(path, { method, headers: { 'X-Rankscope-Token': token } });
      if (response.ok) show(await response.json());
      else setText(byId('training-state'), 'not allowed: the address has the token of another server');
    } catch {
      // The connection is lost, which the page says anyway.
    }
  };
  start.addEventListener('click', () => ask('/training/start', 'POST'));
  stop.addEventListener('click', () => ask('/training/stop', 'POST'));
  byId('training').hidden = false;
  setInterval(() => ask('/training', 'GET'), LOOK);
  ask('/training', 'GET');
}
