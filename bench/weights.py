"""NumPy's svdvals of one matrix, for bench/weights.mjs: python3 weights.py FILE ROWS COLUMNS TIMES (threads by OPENBLAS_NUM_THREADS)."""

import json
import sys
import time

import numpy as np

file, rows, columns, times = sys.argv[1], *map(int, sys.argv[2:])
matrix = np.fromfile(file, dtype=np.float32).reshape(rows, columns).astype(np.float64)
seconds = []
for _ in range(times):
    start = time.perf_counter()
    values = np.linalg.svd(matrix, compute_uv=False)
    seconds.append(time.perf_counter() - start)
print(json.dumps({"seconds": min(seconds), "values": values.tolist()}))
