import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledPath, compiledProgram } from '../compiled-program.ts';
import { describeWith } from '../requirements.ts';

interface Locked {
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

describe('what is installed with the package', () => {
  const locked = Object.entries<Locked>(read('package-lock.json').packages).filter(([path]) => path !== '');

  it('runs no script at installation: such a script may want a network that is not there', () => {
    expect(locked.length).toBeGreaterThan(50);
    const scripted = locked.filter(([, { dev, hasInstallScript }]) => !dev && hasInstallScript);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it('is pinned', () => {
    const { dependencies, devDependencies } = read('package.json');
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describeWith(compiledProgram(), 'the carried ONNX Runtime', () => {
  const carried = (file: string) => compiledPath(`onnxruntime/${file}`);

  it('is the version that was tested, for every platform, without an install script', () => {
    const { version, scripts } = JSON.parse(readFileSync(carried('package.json'), 'utf8'));
    expect(version).toBe(read('package.json').devDependencies['onnxruntime-node']);
    expect(read('package.json').dependencies['onnxruntime-common']).toBe(version);
    expect(scripts).toBeUndefined();
    const libraries = {
      'linux/x64': 'libonnxruntime.so.1',
      'linux/arm64': 'libonnxruntime.so.1',
      'darwin/arm64': 'libonnxruntime.1.dylib',
      'win32/x64': 'onnxruntime.dll',
      'win32/arm64': 'onnxruntime.dll',
    };
    for (const [platform, library] of Object.entries(libraries)) {
      for (const file of ['onnxruntime_binding.node', library])
        expect(existsSync(carried(`bin/napi-v6/${platform}/${file}`)), `${platform}/${file}`).toBe(true);
    }
  });

  it('comes with its license', () => {
    expect(readFileSync(carried('LICENSE'), 'utf8')).toContain('Copyright (c) Microsoft Corporation');
  });
});
