import { quantile } from '../../dist/numerics/quantile.js';
import { wilsonInterval } from '../../dist/numerics/wilson-interval.js';

/** Training steps within which a change counts as found. */
const NEAR = 50;

/** Prints the table. @param rows `{ group, result }`: runs of one condition, and what `changesOfRuns` says of them. */
export function report(rows) {
  const changed = rows.filter(({ group }) => group[0].changedAt !== null);
  const controls = rows.filter(({ group }) => group[0].changedAt === null);
  if (changed.length > 0) reportChanged(changed);
  for (const network of distinct(controls.map(({ group }) => group[0].network))) {
    reportControls(
      network,
      controls.filter(({ group }) => group[0].network === network),
    );
  }
}

function reportChanged(rows) {
  const columns = ['', 'n', 'found', 'error', '90 %', 'holds', 'width', 'before', 'after', 'missed'];
  const settingOf = ({ group: [{ network, changedAt }] }) => `${network} T=${changedAt}`;
  const conditionOf = ({ group: [{ condition }] }) => condition;
  const lines = distinct(rows.map(settingOf)).flatMap((setting) => {
    const members = rows.filter((row) => settingOf(row) === setting);
    const byCondition = distinct(members.map(conditionOf)).sort();
    return [
      ...byCondition.map((name) =>
        line(
          `${setting} ${name}`,
          members.filter((row) => conditionOf(row) === name),
        ),
      ),
      line(`${setting}, all`, members),
    ];
  });
  printTable([columns, ...lines, line('all', rows)]);
  const results = rows.map(judged);
  const found = results.filter(({ best }) => best !== null);
  console.log(`found within ${NEAR} steps: ${share(found.length, results.length)}`);
  if (found.length > 0) {
    console.log(
      `interval holds the step: ${share(found.filter(({ holds }) => holds).length, found.length)} of those found`,
    );
  }
  console.log(
    `a change called before the step: ${share(results.filter(({ before }) => before).length, results.length)}`,
  );
  console.log(
    `a new change called after it: ${share(results.filter(({ after }) => after).length, results.length)}`,
  );
  const unseen = results.filter((one) => one.unseen).length;
  if (unseen > 0) console.log(`not testable, or not at the step: ${unseen} of ${results.length}`);
}

function line(name, rows) {
  const results = rows.map((row) => ({ ...judged(row), id: row.group[0].run.id }));
  const found = results.filter(({ best }) => best !== null);
  const at = (values, p) => (values.length === 0 ? '–' : quantile(values, p).toFixed(0));
  const errors = found.map(({ error }) => error);
  const missed = results.filter(({ best }) => best === null).map(({ id }) => id);
  return [
    name,
    results.length,
    found.length,
    at(errors, 0.5),
    at(errors, 0.9),
    found.filter(({ holds }) => holds).length,
    at(
      found.map(({ width }) => width),
      0.5,
    ),
    results.filter(({ before }) => before).length,
    results.filter(({ after }) => after).length,
    missed.length > 3 ? `${missed.length} runs` : missed.join(' '),
  ];
}

function judged(row) {
  const { changedAt: step } = row.group[0];
  const changes = changesIn(row);
  const near = changes.filter((change) => Math.abs(change.step - step) <= NEAR);
  const best = near.toSorted((a, b) => b.strength - a.strength)[0] ?? null;
  return {
    best,
    error: best === null ? null : Math.abs(best.step - step),
    holds: best !== null && best.interval[0] <= step && step <= best.interval[1],
    width: best === null ? null : best.interval[1] - best.interval[0],
    before: changes.some((change) => change.step < step - NEAR),
    after: changes.some((change) => change.step > step + NEAR),
    unseen: !row.result.testable || row.result.tested[0] > step || row.result.tested[1] < step,
  };
}

function changesIn({ result }) {
  return result.testable ? result.changes.filter(({ kind }) => kind === 'change') : [];
}

function reportControls(network, rows) {
  const alarmed = rows.filter((row) => changesIn(row).length > 0);
  const alarms = alarmed.reduce((sum, row) => sum + changesIn(row).length, 0);
  const steps = rows.reduce(
    (sum, { result }) => sum + (result.testable ? result.tested[1] - result.tested[0] : 0),
    0,
  );
  console.log(
    `controls ${network}: alarm in ${share(alarmed.length, rows.length)}, ${((1000 * alarms) / steps).toFixed(3)} per 1,000 steps tested`,
  );
  for (const row of alarmed) {
    const said = changesIn(row).map(({ step, strength }) => `${step} (× ${strength.toFixed(2)})`);
    console.log(`  ${row.group[0].run.id}: ${said.join(', ')}`);
  }
}

function share(count, total) {
  const percent = (x) => `${(100 * x).toFixed(0)} %`;
  return `${count} of ${total} = ${percent(count / total)} [${wilsonInterval(count, total).map(percent).join(', ')}]`;
}

function distinct(values) {
  return [...new Set(values)];
}

function printTable(lines) {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((cells) => `${cells[i]}`.length)));
  for (const cells of lines) {
    console.log(
      cells
        .map((cell, i) => (i === 0 ? `${cell}`.padEnd(widths[i]) : `${cell}`.padStart(widths[i])))
        .join('  '),
    );
  }
}
