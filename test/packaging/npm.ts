import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs npm as a user would in a folder of their own: without the settings of the npm that runs these tests. */
export function npm(folder: string, ...args: string[]): Finished {
  return run(folder, 'npm', args);
}

export function npx(folder: string, ...args: string[]): Finished {
  return run(folder, 'npx', args);
}

function run(folder: string, program: 'npm' | 'npx', args: readonly string[]): Finished {
  const npmFile = process.env.npm_execpath;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
  const options = { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const { status, stdout, stderr } =
    npmFile === undefined
      ? spawnSync([program, ...args.map((arg) => JSON.stringify(arg))].join(' '), { ...options, shell: true })
      : spawnSync(process.execPath, [join(dirname(npmFile), `${program}-cli.js`), ...args], options);
  return { code: status, out: stdout, err: stderr };
}

/** What npm hands down to the programs that it runs; where registries are, and through which proxies, stays. */
const inherited =
  /^(npm_package_|npm_lifecycle_|npm_config_(ignore_scripts|fund|audit|local_prefix|user_agent|noproxy$)|npm_command$|INIT_CWD$)/i;
