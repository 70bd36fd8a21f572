import { accessOf } from '../access/access-of.ts';
import type { Grant } from '../access/grant.ts';
import { decideJob } from '../access/job.ts';
import type { Proof } from '../access/questions.ts';
import type { Given } from '../access/tokens/request-dimensions.ts';
import { readTrust, statementsOf, type Trust } from '../access/trust.ts';
import { requestOf, type Witness } from '../access/witness.ts';
import { issuerOfArn } from '../iam/condition-keys.ts';
import { isAllowed } from '../iam/evaluate/evaluate.ts';
import { canonical } from './canonical.ts';
import { mayOverlap } from './overlap.ts';

/** Somebody who may assume a role on one side of a change and not on the other, with a token that shows it. */
export interface Effect {
  /** `looser` and `stricter`: the same projects and refs, under other limits. */
  readonly kind: 'gains' | 'looser' | 'loses' | 'stricter';
  /** Who it is, on the side on which they may; absent where only the token is known. */
  readonly grant?: Grant;
  /** What of it the other side admits as well, or may: the effect is on the rest. */
  readonly except: readonly Grant[];
  /** The same projects and refs on the other side; of `looser` and `stricter` only. */
  readonly counterpart?: Grant;
  /** A token that the one side allows and the other denies. */
  readonly witness: Witness;
  /** The claims of the token that the policies look at: enough to check it. */
  readonly decisive: Readonly<Record<string, string>>;
}

/**
 * Who may assume a role by one trust policy and not by another one: empty exactly where `proof` does not say that there
 * is somebody.
 *
 * @param proof whether the other policy admits all tokens of the one
 * @param since as it was for the proof
 */
export function effectsOf(
  proof: Proof,
  one: Trust | undefined,
  other: Trust | undefined,
  [apart, limited]: readonly [Effect['kind'], Effect['kind']],
  since?: string,
): Effect[] {
  if (proof.holds !== 'no' || one === undefined) return [];
  const grants = accessOf(one, undefined, {}, since).grants;
  const others = other === undefined ? [] : accessOf(other, undefined, {}, since).grants;
  const same = new Set(others.map(whole));
  const own = readTrust(one);
  /** The token, with what the request must have for the other side to deny it. */
  const denied = (witness: Witness): Witness | undefined => {
    if (witness.unread.length > 0) return undefined;
    if (other === undefined) return witness;
    const given = Object.entries(witness.request).map(([key, value]) => [key.toLowerCase(), value]);
    const decision = decideJob(other, witness.claims, Object.fromEntries(given) as Given, {
      since,
    });
    if (decision.decision === 'denied') return witness;
    if (!('deniedWith' in decision)) return undefined;
    const request = { ...witness.request, ...decision.deniedWith };
    const asked = requestOf({ ...witness, request }, issuerOfArn(witness.provider) ?? '');
    return isAllowed(own, asked) ? { ...witness, request } : undefined;
  };
  const asked = new Set(
    [one, other].flatMap((trust) =>
      (trust ? statementsOf(trust) : []).flatMap(({ conditions }) =>
        conditions.map(({ claim }) => claim),
      ),
    ),
  );
  const shown = (witness: Witness) => ({
    witness,
    decisive: Object.fromEntries(
      Object.entries(witness.claims).filter(
        ([claim]) => claim === 'sub' || claim === 'aud' || asked.has(claim),
      ),
    ),
  });
  const candidates = grants.filter((grant) => !same.has(whole(grant)));
  const effectOf = (grant: Grant, witness: Witness): Effect => {
    const counterpart = others.find((candidate) => source(candidate) === source(grant));
    if (counterpart) return { kind: limited, grant, counterpart, except: [], ...shown(witness) };
    const except = others.filter((one) => mayOverlap(grant, one));
    return { kind: apart, grant, except, ...shown(witness) };
  };
  const found = candidates.flatMap((grant) => {
    const witness = denied(grant.witness);
    return witness ? [effectOf(grant, witness)] : [];
  });
  if (found.length > 0) return found;
  // The token is of a grant that the other side does not have as it is.
  const [only, ...more] = candidates;
  return only && more.length === 0
    ? [effectOf(only, proof.witness)]
    : [{ kind: apart, except: [], ...shown(proof.witness) }];
}

function source({ provider, who, refs, exceptRefs }: Grant): string {
  return canonical({ provider, who, refs, exceptRefs });
}

function whole({ provider, who, refs, exceptRefs, limits, audiences, subjectForm }: Grant): string {
  return canonical({
    provider,
    who,
    refs,
    exceptRefs,
    limits,
    audiences,
    form: subjectForm.join(':'),
  });
}
