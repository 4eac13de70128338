#!/usr/bin/env bash
# hyparquet 1.31.5 reads a null of a scalar column as null, and a null of a list column as undefined, so that JSON.stringify
# leaves the column out of exactly those rows. Both nulls are of one file, written by pyarrow 24.0.0, which reads both back as None.
# Seen: {"scalar":null} for a row whose list is null too, beside {"scalar":2,"list":[]}. Fails if that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet pyarrow==24.0.0
cd "$work"
venv/bin/python - <<'PY'
import pyarrow as pa
import pyarrow.parquet as pq

scalar = pa.array([1.0, None, 2.0], pa.float64())
lists = pa.array([["a"], None, []], pa.list_(pa.string()))
pq.write_table(pa.table({"scalar": scalar, "list": lists}), "nulls.parquet")
print("pyarrow 24.0.0:", pq.read_table("nulls.parquet").to_pylist())
PY
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund hyparquet@1.31.5
node --input-type=module - <<'JS'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

const rows = await parquetReadObjects({ file: await asyncBufferFromFile('nulls.parquet') });
console.log('hyparquet 1.31.5:', rows.map((row) => JSON.stringify(row)).join(' '));
const [, second, third] = rows;
const isAsSeen = second.scalar === null && second.list === undefined && 'list' in second && third.list.length === 0;
process.exit(isAsSeen ? 0 : 1);
JS
