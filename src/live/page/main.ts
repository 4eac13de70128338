import 'uplot/dist/uPlot.min.css';
import '../../figures/page.css';
import './style.css';
import { byId, element, setText } from '../../figures/page/elements.ts';
import type { StepScale } from './chart.ts';
import { Connection, type ConnectionState } from './connection.ts';
import { type CardContext, RunCard } from './run-card.ts';
import { RunTable } from './run-table.ts';
import { emptyState, type StudyState, take } from './study-state.ts';
import { controlTraining } from './training-buttons.ts';

/** So many runs are drawn unless the reader chooses others. */
const DRAWN = 6;

const dark = matchMedia('(prefers-color-scheme: dark)');
const metricChoice = byId('metric') as HTMLSelectElement;
const scaleChoice = byId('scale') as HTMLSelectElement;
const cardsBox = byId('cards');

let state = emptyState();
let wantsDrawing = false;
const cards = new Map<string, RunCard>();
/** Runs that are new to the page, or of which something is. */
const stale = new Set<string>();
const table = new RunTable(byId('runs'), redrawAll);

const connection = new Connection(inAddress('metric'), {
  onState: showConnection,
  onMessage(message) {
    const metric = state.study?.metric;
    if (message.type === 'study' && metric !== undefined && metric !== message.metric) startOver();
    const found = take(state, message);
    if (found === 'gap') {
      startOver();
      return false;
    }
    if (found !== null) stale.add(found);
    draw();
    return true;
  },
});

metricChoice.addEventListener('change', () => {
  const address = new URLSearchParams(location.hash.slice(1));
  address.set('metric', metricChoice.value);
  history.replaceState(null, '', `#${address}`);
  startOver();
  connection.choose(metricChoice.value);
});
scaleChoice.addEventListener('change', redrawAll);
dark.addEventListener('change', redrawAll);
// How long a run has been silent grows by itself.
setInterval(redrawAll, 30_000);

const token = inAddress('token');
if (token !== null) controlTraining(token);

function inAddress(name: string): string | null {
  return new URLSearchParams(location.hash.slice(1)).get(name);
}

function startOver(): void {
  state = emptyState();
  for (const card of cards.values()) card.element.remove();
  cards.clear();
}

function redrawAll(): void {
  for (const id of state.runs.keys()) stale.add(id);
  draw();
}

/** Draws before the next frame, however many messages come until then. */
function draw(): void {
  if (wantsDrawing) return;
  wantsDrawing = true;
  requestAnimationFrame(() => {
    wantsDrawing = false;
    showStudy(state);
    let drawn = table.chosen.length;
    table.show(state, () => drawn++ < DRAWN);
    showCards();
    stale.clear();
  });
}

function showStudy({ study, runs }: StudyState): void {
  if (study === null) return;
  setText(byId('title'), study.title === '' ? 'No study yet' : study.title);
  document.title = study.title === '' ? 'rankscope' : `${study.title} (live)`;
  const complete = [...runs.values()].filter(({ facts }) => facts.status === 'complete').length;
  setText(byId('progress'), `${complete} of ${study.runs.length} runs complete`);
  byId('notes').replaceChildren(...study.notes.map((note) => element('li', { textContent: note })));
  if (metricChoice.options.length !== study.metrics.length) {
    metricChoice.replaceChildren(
      ...study.metrics.map((id) => element('option', { value: id, textContent: id })),
    );
  }
  if (study.metric !== null) metricChoice.value = study.metric;
  setText(
    byId('promise'),
    `Heavy lines are rises and falls that are confirmed, ticks jumps, rings turning points: at most ${100 * study.alpha} % of curves without a direction are ever said to have one, though they are looked at again and again. The report, which looks once, may say more.`,
  );
}

function showCards(): void {
  const context: CardContext = {
    metricTitle: state.study?.metricTitle ?? '',
    scale: scaleChoice.value as StepScale,
    isDark: dark.matches,
  };
  const chosen = table.chosen.filter((id) => state.runs.has(id));
  for (const [id, card] of cards) {
    if (chosen.includes(id)) continue;
    card.element.remove();
    cards.delete(id);
  }
  for (const [place, id] of chosen.entries()) {
    const known = cards.get(id);
    const card = known ?? new RunCard(id, context);
    cards.set(id, card);
    if (cardsBox.children[place] !== card.element)
      cardsBox.insertBefore(card.element, cardsBox.children[place] ?? null);
    const run = state.runs.get(id);
    if (run !== undefined && (known === undefined || stale.has(id))) card.show(run, context);
  }
}

function showConnection(connection: ConnectionState): void {
  const words = {
    connecting: 'connecting …',
    live: 'live',
    lost: 'connection lost, trying again …',
  };
  const place = byId('connection');
  place.dataset.state = connection;
  setText(place, words[connection]);
}
