import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  changeRecords,
  isHolder,
  type KeptClaim,
  keepClaims,
} from '../../../src/study/claims/claim-keeper.ts';
import { type ClaimHolder, renewalInterval } from '../../../src/study/claims/claim-record.ts';
import type { ClaimStore, Taken } from '../../../src/study/claims/claim-store.ts';

const holder: ClaimHolder = { record: null, silence: 0 };

/** A store of one claim that the test can take away, or that a fault of the disk keeps from being renewed. */
function store() {
  const state = { renewals: 0, released: 0, lost: false, faulty: false, heldElsewhere: false };
  const take = (): Taken =>
    state.heldElsewhere
      ? { taken: false, holder }
      : {
          taken: true,
          claim: {
            renew: () => {
              state.renewals++;
              if (state.faulty) throw new Error('input/output error');
              return !state.lost;
            },
            release: () => state.released++,
          },
        };
  const claims: ClaimStore = { take, holder: () => null, clean: () => {} };
  return { state, claims };
}

describe('kept claims', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('are renewed until they are released', () => {
    const { state, claims } = store();
    const keeper = keepClaims(claims);
    const claim = keeper.take('run') as KeptClaim;
    expect(isHolder(claim)).toBe(false);
    vi.advanceTimersByTime(3 * renewalInterval);
    expect(state.renewals).toBe(3);
    claim.release();
    vi.advanceTimersByTime(3 * renewalInterval);
    expect(state).toMatchObject({ renewals: 3, released: 1 });
    keeper.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('say that they are lost, and that others hold them', () => {
    const { state, claims } = store();
    const keeper = keepClaims(claims);
    const claim = keeper.take('run') as KeptClaim;
    vi.advanceTimersByTime(renewalInterval);
    expect(claim.lost.aborted).toBe(false);
    state.lost = true;
    vi.advanceTimersByTime(renewalInterval);
    expect(claim.lost.aborted).toBe(true);
    state.heldElsewhere = true;
    expect(isHolder(keeper.take('run'))).toBe(true);
    keeper.close();
  });

  it('outlast a fault of the disk', () => {
    const { state, claims } = store();
    const keeper = keepClaims(claims);
    const claim = keeper.take('run') as KeptClaim;
    state.faulty = true;
    vi.advanceTimersByTime(2 * renewalInterval);
    expect(claim.lost.aborted).toBe(false);
    expect(state.renewals).toBe(2);
    keeper.close();
  });
});

describe('changeRecords', () => {
  it('waits until nobody else changes them, and gives them up even if the change fails', async () => {
    const { state, claims } = store();
    state.heldElsewhere = true;
    const waited: number[] = [];
    const pause = async (milliseconds: number): Promise<void> => {
      waited.push(milliseconds);
      if (waited.length === 9) state.heldElsewhere = false;
    };
    expect(await changeRecords(claims, () => 'changed', pause)).toBe('changed');
    expect(waited).toEqual([10, 20, 40, 80, 160, 320, 500, 500, 500]);
    const failing = (): never => {
      throw new Error('broken');
    };
    await expect(changeRecords(claims, failing, pause)).rejects.toThrow('broken');
    expect(state.released).toBe(2);
  });

  it('does not wait for ever', async () => {
    const { state, claims } = store();
    state.heldElsewhere = true;
    await expect(
      changeRecords(
        claims,
        () => {},
        async () => {},
      ),
    ).rejects.toThrow('allowed: one that is given up within moments; an unknown process holds it');
  });
});
