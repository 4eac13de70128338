import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Requirement, toolsDemanded } from '../requirements.ts';

/** A cluster of one node, of SLURM's own daemons, on this machine's loopback. */
export interface SlurmHere {
  /** What commands need in their environment to find it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): void;
}

const daemons = ['munged', 'slurmctld', 'slurmd'];
const asked = process.env.RANKSCOPE_TEST_SLURM === '1';
const absent = (): string[] =>
  daemons.filter((name) => spawnSync('/bin/sh', ['-c', `command -v ${name}`]).status !== 0);
const isRoot = process.getuid?.() === 0;

export const slurm: Requirement = {
  missing: !asked
    ? 'starting SLURM takes a while, RANKSCOPE_TEST_SLURM=1 asks for it'
    : !isRoot
      ? 'the daemons of SLURM need root'
      : absent().length > 0
        ? `no ${absent().join(', ')} here (Debian: slurm-wlm, munge)`
        : null,
  demanded: asked && toolsDemanded,
};

export function startSlurm(): SlurmHere {
  const folder = mkdtempSync(join(tmpdir(), 'rankscope-slurm-'));
  chmodSync(folder, 0o755);
  for (const name of ['munge', 'spool', 'state']) mkdirSync(join(folder, name), { mode: 0o755 });
  const at = (...names: string[]): string => join(folder, ...names);
  writeFileSync(at('munge', 'key'), randomBytes(1024), { mode: 0o400 });
  const host = hostname().split('.')[0];
  writeFileSync(
    at('slurm.conf'),
    `ClusterName=rankscope
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=${at('munge', 'socket')}
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${at('state')}
SlurmdSpoolDir=${at('spool')}
SlurmctldPidFile=${at('slurmctld.pid')}
SlurmdPidFile=${at('slurmd.pid')}
SlurmctldLogFile=${at('slurmctld.log')}
SlurmdLogFile=${at('slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
KillWait=5
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`,
  );
  const environment = { SLURM_CONF: at('slurm.conf') };
  const start = (command: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${command} does not start: ${stderr}`);
  };
  start(
    'munged',
    '--force',
    `--key-file=${at('munge', 'key')}`,
    `--socket=${at('munge', 'socket')}`,
    `--pid-file=${at('munge', 'pid')}`,
    `--seed-file=${at('munge', 'seed')}`,
    `--log-file=${at('munge', 'log')}`,
  );
  start('slurmctld');
  start('slurmd');
  return {
    environment,
    stop: () => {
      for (const file of [at('slurmd.pid'), at('slurmctld.pid'), at('munge', 'pid')]) {
        if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
