import '../../figures/page.css';
import './style.css';
import { makeCopyable } from './copy.ts';
import { makeFramesMovable } from './frames.ts';
import { makeSortable } from './run-table.ts';
import { openRunsOnDemand } from './runs.ts';

/*
 * The page's own program. What happened, findings, overview and the table of runs stand without it; it sorts and filters the
 * table, moves through checkpoints, copies what is meant for a paper, and opens the runs, which lie in the page compressed.
 */
const table = document.getElementById('run-table');
if (table instanceof HTMLTableElement) makeSortable(table);
makeFramesMovable();
makeCopyable();
openRunsOnDemand();
