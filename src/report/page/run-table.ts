/** Sorting by column; filtering by architecture, data set, family and text, of the table and of the runs below it. */
export function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const headers = [...(table.tHead?.rows[0].cells ?? [])];
  for (const header of headers) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener('click', () => {
      const rising = header.getAttribute('aria-sort') !== 'ascending';
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', rising ? 'ascending' : 'descending');
      body.append(...sorted([...body.rows], header.cellIndex, rising));
    });
  }
  const filters = document.getElementById('run-filters') as HTMLFormElement;
  filters.hidden = false;
  const filter = (): void => filterRuns([...body.rows], filters);
  filters.addEventListener('input', filter);
  filters.addEventListener('reset', () => setTimeout(filter));
  filter();
}

function sorted(rows: HTMLTableRowElement[], column: number, rising: boolean): HTMLTableRowElement[] {
  const sign = rising ? 1 : -1;
  return rows.sort((a, b) => {
    const [x, y] = [keyOf(a.cells[column]), keyOf(b.cells[column])];
    if (typeof x === 'string' || typeof y === 'string') {
      return String(x).localeCompare(String(y), 'en', { numeric: true }) * sign;
    }
    // What is not known stands last, whichever way.
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return (x - y) * sign;
  });
}

function keyOf(cell: HTMLTableCellElement): string | number {
  const { value } = cell.dataset;
  if (value === undefined) return cell.textContent ?? '';
  return value === '' ? Number.NaN : Number(value);
}

function filterRuns(rows: readonly HTMLTableRowElement[], filters: HTMLFormElement): void {
  const choices = [...filters.querySelectorAll('select')];
  const wanted = (filters.querySelector('input') as HTMLInputElement).value.toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const isShown =
      choices.every(({ name, value }) => value === '' || row.dataset[name] === value) &&
      (row.textContent ?? '').toLowerCase().includes(wanted);
    row.hidden = !isShown;
    const run = document.getElementById(row.dataset.run ?? '');
    if (run !== null) run.hidden = !isShown;
    if (isShown) shown++;
  }
  const count = document.getElementById('run-count');
  if (count !== null) count.textContent = `${shown} of ${rows.length} runs shown`;
}
