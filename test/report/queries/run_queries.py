"""Runs queries on tables, and prints what they answer: [{"language": "sql" or "python", "code"}] in, [text] out, both as JSON."""

import contextlib
import io
import json
import sys

import duckdb


def answer(language, code):
    if language == "python":
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(code, {})
        return "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    found = duckdb.sql(code)
    rows = [found.columns, *[[text(cell) for cell in row] for row in found.fetchall()]]
    widths = [max(len(row[c]) for row in rows) for c in range(len(found.columns))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def text(cell):
    return "–" if cell is None else str(cell)


json.dump([answer(**query) for query in json.load(sys.stdin)], sys.stdout)
