import { isAllowed, type PreparedPolicy } from '../iam/evaluate/evaluate.ts';
import { type Box, subtractAll } from './tokens/box.ts';
import { canBeGitlab, type Provider } from './provider.ts';
import { allowedBy } from './tokens/region.ts';
import type { Given } from './tokens/request-dimensions.ts';
import { type Space, spaceOf } from './tokens/space.ts';
import { type Counted, TooMany } from './tokens/too-many.ts';
import { providersOf, readTrust, type Trust } from './trust.ts';
import { requestOf, type Witness, witnessOf } from './witness.ts';

/** Why a question is left open. */
export type Reason =
  /** More combinations than the bound. */
  | { readonly kind: 'too-many'; readonly counted: Counted; readonly bound: number }
  /** Conditions whose values wait for the request, or compare it in a way that is not followed; in canonical form. */
  | {
      readonly kind: 'unread-condition';
      readonly conditions: readonly string[];
      /** Where they are, as reports say. */
      readonly statements?: readonly string[];
    }
  /** The evaluator denies a token that was computed to be allowed: a fault of this program, so nothing is claimed. */
  | { readonly kind: 'contradiction'; readonly subject: string }
  /** The policy trusts a provider that is not known to be a GitLab: what its tokens hold is not known here. */
  | { readonly kind: 'other-issuer'; readonly issuer: string };

/** Whether something is so: with a token that shows it is not, or with the proof that none can. */
export type Proof =
  | { readonly holds: 'yes' }
  | { readonly holds: 'no'; readonly witness: Witness }
  | { readonly holds: 'undetermined'; readonly reasons: readonly Reason[] };

/** Whether nobody may assume a role with a GitLab token; a witness is a token that may. @param since ISO 8601, where only requests from then on count */
export function isEmpty(trust: Trust, given: Given = {}, since?: string): Proof {
  const read = [readTrust(trust)];
  return overProviders(providersOf([trust]), (provider) => {
    const space = spaceOf(provider, read, given, since);
    const boxes = allowedBy(space, 0).flatMap((one) => one.boxes);
    return confirm(space, boxes, (witness) => allows(read[0], witness, space));
  });
}

/**
 * Whether one policy admits every token that another one does, under every request; a witness is a token that only the
 * other admits.
 *
 * @param since as in {@link isEmpty}
 */
export function covers(wide: Trust, narrow: Trust, given: Given = {}, since?: string): Proof {
  const read = [readTrust(wide), readTrust(narrow)];
  return overProviders(providersOf([wide, narrow]), (provider) => {
    const space = spaceOf(provider, read, given, since);
    const boxes = subtractAll(
      allowedBy(space, 1).flatMap((one) => one.boxes),
      allowedBy(space, 0).flatMap((one) => one.boxes),
    );
    return confirm(
      space,
      boxes,
      (witness) => allows(read[1], witness, space) && !allows(read[0], witness, space),
    );
  });
}

export function allows(
  read: PreparedPolicy | undefined,
  witness: Witness,
  { provider }: Space,
): boolean {
  return read !== undefined && isAllowed(read, requestOf(witness, provider.issuer));
}

function overProviders(providers: readonly Provider[], ask: (provider: Provider) => Proof): Proof {
  const proofs: Proof[] = [];
  for (const provider of providers.filter(canBeGitlab)) {
    const proof = withinBounds(() => ask(provider));
    if (proof.holds === 'no') return proof;
    proofs.push(proof);
  }
  const reasons = proofs.flatMap((one) => (one.holds === 'undetermined' ? one.reasons : []));
  return reasons.length > 0 ? { holds: 'undetermined', reasons } : { holds: 'yes' };
}

function withinBounds(ask: () => Proof): Proof {
  try {
    return ask();
  } catch (error) {
    return { holds: 'undetermined', reasons: [boundReason(error)] };
  }
}

/** @throws whatever is not about a bound */
export function boundReason(error: unknown): Reason {
  if (!(error instanceof TooMany)) throw error;
  return { kind: 'too-many', counted: error.counted, bound: error.bound };
}

export function subjectOf({ claims }: Witness): string {
  return claims['sub'] ?? '';
}

/** The evaluator has the last word on a token that is found; where it disagrees, a condition was not read. */
function confirm(
  space: Space,
  boxes: readonly Box[],
  isWitness: (witness: Witness) => boolean,
): Proof {
  const unread = new Set<string>();
  const contradicted = new Set<string>();
  // A token with GitLab's default subject is the plainest to check.
  const isDefault = (box: Box) => Number((box[0] ?? 0n) & 1n);
  for (const box of boxes.toSorted((a, b) => isDefault(b) - isDefault(a))) {
    const witness = witnessOf(space, box);
    // Whether a token is allowed must not hang on what is not known of the role.
    const isDecided = !witness.unread.some((one) => space.undecided.has(one));
    if (isDecided && isWitness(witness)) return { holds: 'no', witness };
    if (witness.unread.length === 0) contradicted.add(subjectOf(witness));
    for (const one of witness.unread) unread.add(one);
  }
  const reasons: Reason[] = [
    ...(unread.size > 0 ? [{ kind: 'unread-condition', conditions: [...unread] } as const] : []),
    ...[...contradicted].map((subject) => ({ kind: 'contradiction', subject }) as const),
  ];
  return reasons.length > 0 ? { holds: 'undetermined', reasons } : { holds: 'yes' };
}
