import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { temporaryFolder } from '../measurements/fixtures.ts';
import { itWith } from '../requirements.ts';
import { repository, runPython, torchPython } from './torch-python.ts';

/** They are looked for, not imported: pip and setuptools do not bear one another in one process. */
const present = `
from importlib.util import find_spec
assert all(map(find_spec, ["pip", "setuptools", "wheel"]))`;
/** Debian has pip and setuptools in packages of their own. */
const pip = {
  missing:
    torchPython.missing ??
    (runPython(['-c', present]).status === 0 ? null : 'python3 has no pip, setuptools or wheel'),
  demanded: false,
};

itWith(pip, 'the recorder is installed from its folder by pip, without the network', () => {
  const folder = temporaryFolder();
  // A build leaves files beside the source.
  for (const name of ['pyproject.toml', 'rankscope.py']) {
    cpSync(join(repository, 'python', name), join(folder, 'python', name));
  }
  const options = ['--no-deps', '--no-build-isolation', '--no-index', '--quiet', '--target', 'site'];
  const installed = runPython(['-m', 'pip', 'install', ...options, './python'], folder);
  expect(installed.status, installed.stderr).toBe(0);
  const read = `
import sys; sys.path.insert(0, "site")
import rankscope
from importlib.metadata import version
print(rankscope.__file__, rankscope.__version__ == version("rankscope-recorder"))`;
  const { stdout, stderr } = runPython(['-c', read], folder);
  expect(stdout, stderr).toMatch(/site.rankscope\.py True\n$/);
});
