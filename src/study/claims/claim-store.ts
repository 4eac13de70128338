import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ClaimLink,
  firstClaimPath,
  nextClaimPath,
  readClaimChain,
  readClaimFile,
  renewClaimFile,
} from './claim-chain-store.ts';
import { type ClaimHolder, type ClaimRecord, formatClaim, isAbandoned } from './claim-record.ts';
import {
  type Candidate,
  candidateName,
  createExclusively,
  isOfGoneProcess,
  removeCandidate,
  writeCandidate,
} from './exclusive-file-store.ts';
import { type ProcessIdentity, processState, thisProcess } from './process-identity.ts';

/** The claim on the study's own records, its manifest and its timings; no run can have this id. */
export const studyRecords = '.study';

/** A claim that this process holds. */
export interface Claim {
  /**
   * Tells the others that the holder lives.
   * @returns false if the claim was lost: taken over while this process was not heard of.
   */
  renew(): boolean;
  /** Gives the claim up; does nothing if it was lost. */
  release(): void;
}

export type Taken =
  | { readonly taken: true; readonly claim: Claim }
  | { readonly taken: false; readonly holder: ClaimHolder };

/** Who works on which run of a study. */
export interface ClaimStore {
  /** Claims a run (or `studyRecords`) for this process, unless another holds it. */
  take(name: string): Taken;
  /** Who holds a run; null if it is free, or its holder gone. */
  holder(name: string): ClaimHolder | null;
  /**
   * Removes what processes that are gone have left behind.
   * @param except claims that will be taken anyway.
   */
  clean(except: ReadonlySet<string>): void;
}

export interface ClaimSurroundings {
  readonly here: ProcessIdentity;
  readonly stateOf: typeof processState;
}

/** Far more than other processes can be quicker at. */
const mostTries = 1000;

/**
 * The claims of the study in a directory: files in its `claims` folder, which is there only as long as there are some.
 *
 * `claims/<run>.json` is the claim on a run. A claim whose holder is gone is not removed but succeeded: whoever creates
 * `claims/.after-<digest of its content>.json` holds the run, and so on. Files are created exclusively, and a file is
 * removed by the holder alone, the first one first; so however many processes take over at once, one succeeds, and
 * nobody can take away a claim made since he looked. Nothing relies on locks of the file system or on the clocks of
 * machines; a holder renews its claim by writing it again, and its age is that of the file beside one just written.
 */
export function openClaims(
  directory: string,
  { here, stateOf }: ClaimSurroundings = { here: thisProcess(), stateOf: processState },
): ClaimStore {
  const folder = join(directory, 'claims');
  const firstPath = (name: string): string => firstClaimPath(folder, name);
  const chainOf = (name: string, now: number): ClaimLink[] => readClaimChain(folder, name, now);
  const candidate = (name: string): Candidate => {
    const id = randomBytes(12).toString('hex');
    const record: ClaimRecord = { of: name, id, ...here, since: new Date().toISOString() };
    return writeCandidate(join(folder, candidateName(here, id)), formatClaim(record));
  };
  const withCandidate = <T>(name: string, use: (own: Candidate) => T): T => {
    const own = candidate(name);
    try {
      return use(own);
    } finally {
      removeCandidate(own);
      removeFolder();
    }
  };
  const removeFolder = (): void => {
    try {
      rmdirSync(folder);
    } catch {
      // There are other claims, or another process was first.
    }
  };

  const claimOf = (name: string, content: string): Claim => {
    const ownLink = (): ClaimLink | null => {
      const last = chainOf(name, 0).at(-1);
      return last?.content === content ? last : null;
    };
    return {
      renew: () => {
        const link = ownLink();
        return link !== null && renewClaimFile(link.path, content);
      },
      release: () => {
        if (ownLink() === null) return;
        for (const { path } of chainOf(name, 0)) rmSync(path, { force: true });
        removeFolder();
      },
    };
  };

  const attempt = (name: string, own: Candidate): Taken | null => {
    const last = chainOf(name, own.written).at(-1);
    if (last !== undefined && !isAbandoned(last, here, stateOf)) return { taken: false, holder: last };
    const path = last === undefined ? firstPath(name) : nextClaimPath(folder, last.content);
    if (!createExclusively(own, path)) return null;
    const isHolder = chainOf(name, own.written).at(-1)?.content === own.content;
    if (isHolder) return { taken: true, claim: claimOf(name, own.content) };
    // What this was to succeed has been given up meanwhile, with everything after it.
    rmSync(path, { force: true });
    return null;
  };

  const take = (name: string): Taken => {
    for (let tries = 0; tries < mostTries; tries++) {
      const taken = withCandidate(name, (own) => attempt(name, own));
      if (taken !== null) return taken;
    }
    throw new Error(`${firstPath(name)} can be neither claimed nor read`);
  };

  return {
    take,
    holder: (name) => {
      if (!existsSync(firstPath(name))) return null;
      const last = withCandidate(name, ({ written }) => chainOf(name, written).at(-1));
      return last === undefined || isAbandoned(last, here, stateOf) ? null : last;
    },
    clean: (except) => {
      if (!existsSync(folder)) return;
      withCandidate('clean', ({ written }) => {
        const files = readdirSync(folder);
        for (const file of files.filter((name) => name.endsWith('.tmp'))) {
          const link = readClaimFile(join(folder, file), written);
          if (link === null) continue;
          const isLeft =
            isAbandoned(link, here, stateOf) ||
            (link.record === null && isOfGoneProcess(file, here, stateOf));
          if (isLeft) rmSync(link.path, { force: true });
        }
        const names = files.flatMap((file) => /^(\.study|[^.].*)\.json$/.exec(file)?.[1] ?? []);
        for (const name of names.filter((other) => !except.has(other))) {
          const last = chainOf(name, written).at(-1);
          if (last === undefined || !isAbandoned(last, here, stateOf)) continue;
          const taken = take(name);
          if (taken.taken) taken.claim.release();
        }
        // What succeeds no claim now never will: digests do not come again.
        const reached = new Set(names.flatMap((name) => chainOf(name, written).map(({ path }) => path)));
        for (const file of files.filter((name) => name.startsWith('.after-'))) {
          if (!reached.has(join(folder, file))) rmSync(join(folder, file), { force: true });
        }
      });
    },
  };
}
