import 'uplot/dist/uPlot.min.css';
import '../../figures/page.css';
import './style.css';
import './chart.css';
import { studyBlock } from './blocks.ts';
import { CompareRuns } from './compare/compare-runs.ts';
import { makeCopyable } from './copy.ts';
import { makeFramesMovable } from './frames.ts';
import { makeSortable } from './run-table.ts';
import { openRunsOnDemand } from './runs.ts';
import { ViewStore } from './view-store.ts';

/*
 * The page's own program. What happened, findings, overview and the table of runs stand without it; it sorts and filters the
 * table, moves through checkpoints, copies what is meant for a paper, draws curves, and opens the runs, which lie in the page compressed.
 */
const table = document.getElementById('run-table');
if (table instanceof HTMLTableElement) makeSortable(table);
makeFramesMovable();
makeCopyable();
const study = studyBlock();
const store = new ViewStore(study);
openRunsOnDemand(study, store);
const compare = document.getElementById('compare-runs');
// After the first paint, which it would delay.
if (compare !== null) setTimeout(() => new CompareRuns(compare, study, store));
