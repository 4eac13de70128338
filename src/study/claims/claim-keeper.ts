import { InputError } from '../../errors/input-error.ts';
import { type ClaimHolder, describeHolder, renewalInterval, silenceLimit } from './claim-record.ts';
import { type Claim, type ClaimStore, studyRecords } from './claim-store.ts';

/** A claim on a run that is renewed until it is released. */
export interface KeptClaim {
  /** Aborted if another process has taken the run over. */
  readonly lost: AbortSignal;
  release(): void;
}

/** The claims of this process. */
export interface ClaimKeeper {
  /** Claims a run, or says who holds it. */
  take(run: string): KeptClaim | ClaimHolder;
  /** Stops renewing. */
  close(): void;
}

export function isHolder(taken: KeptClaim | ClaimHolder): taken is ClaimHolder {
  return 'silence' in taken;
}

/** Renews claims at an interval; a claim that cannot be renewed for a fault of the disk is tried again the next time. */
export function keepClaims(claims: ClaimStore, interval = renewalInterval): ClaimKeeper {
  const kept = new Map<Claim, AbortController>();
  const renew = (): void => {
    for (const [claim, lost] of kept) {
      try {
        if (!claim.renew()) lost.abort();
      } catch {
        // The others wait for several renewals before they take it for abandoned.
      }
    }
  };
  const timer = setInterval(renew, interval);
  timer.unref();
  return {
    take: (run) => {
      const answer = claims.take(run);
      if (!answer.taken) return answer.holder;
      const lost = new AbortController();
      kept.set(answer.claim, lost);
      return {
        lost: lost.signal,
        release: () => {
          kept.delete(answer.claim);
          answer.claim.release();
        },
      };
    },
    close: () => clearInterval(timer),
  };
}

const longestPause = 500;

/**
 * Changes the study's own records, its manifest or timings, while no other process does.
 *
 * @param pause waits for so many milliseconds.
 * @throws InputError if another process has not given them up within the time after which it would count as gone.
 */
export async function changeRecords<T>(
  claims: Pick<ClaimStore, 'take'>,
  change: () => T,
  pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
): Promise<T> {
  for (let [waited, next] = [0, 10]; ; next = Math.min(longestPause, 2 * next)) {
    const answer = claims.take(studyRecords);
    if (answer.taken) {
      try {
        return change();
      } finally {
        answer.claim.release();
      }
    }
    if (waited > 2 * silenceLimit) {
      throw new InputError({
        field: `claim ${studyRecords}`,
        allowed: `one that is given up within moments; ${describeHolder(answer.holder)} holds it`,
      });
    }
    await pause(next);
    waited += next;
  }
}
