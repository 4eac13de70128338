import { z } from 'zod';
import type { AuditContext } from './audit-context.ts';
import type { Assessment } from './evidence.ts';
import { coordinationShare } from './kinds/coordination-share.ts';
import { filtersFixedSince } from './kinds/filters-fixed-since.ts';
import { jumpTypes } from './kinds/jump-types.ts';
import { jumpsWithInitialTransient } from './kinds/jumps-with-initial-transient.ts';
import { lossCoupling } from './kinds/loss-coupling.ts';
import { noJumpsAfter } from './kinds/no-jumps-after.ts';
import { noLateLearning } from './kinds/no-late-learning.ts';
import { rateRatioBetweenGroups } from './kinds/rate-ratio-between-groups.ts';
import { shareOfJumpsBefore } from './kinds/share-of-jumps-before.ts';
import { shareOfJumpsInFirstLayerOfKind } from './kinds/share-of-jumps-in-first-layer-of-kind.ts';
import { shareOfJumpsInKind } from './kinds/share-of-jumps-in-kind.ts';
import { stableFromStart } from './kinds/stable-from-start.ts';

/** Every kind of claim that can be looked into. */
export const claimKinds = [
  stableFromStart,
  shareOfJumpsBefore,
  noJumpsAfter,
  rateRatioBetweenGroups,
  shareOfJumpsInKind,
  shareOfJumpsInFirstLayerOfKind,
  coordinationShare,
  lossCoupling,
  jumpTypes,
  jumpsWithInitialTransient,
  noLateLearning,
  filtersFixedSince,
] as const;

export const claimKindNames: readonly string[] = claimKinds.map(({ kind }) => kind);

/** The schemas of the kinds, as a list that zod can tell apart by its types. */
type Schemas<Kinds extends readonly { readonly schema: unknown }[]> = {
  -readonly [I in keyof Kinds]: Kinds[I]['schema'];
};

export const claimSchema = z.discriminatedUnion(
  'kind',
  claimKinds.map(({ schema }) => schema) as unknown as Schemas<typeof claimKinds>,
  { error: `an object with a kind, one of ${claimKindNames.join(', ')}` },
);

/** A claim and its parameters, checked. */
export type Claim = z.infer<typeof claimSchema>;

/** Looks into one claim. */
export function assessClaim(claim: Claim, context: AuditContext): Assessment {
  return (kindOf(claim).assess as (claim: Claim, context: AuditContext) => Assessment)(claim, context);
}

/** Names of the data checks that bear on a claim. */
export function checksBearingOn(claim: Claim): readonly string[] {
  return kindOf(claim).checks;
}

function kindOf(claim: Claim) {
  return claimKinds.find(({ kind }) => kind === claim.kind) as (typeof claimKinds)[number];
}
