import { issuerOfArn } from '../iam/condition-keys.ts';
import type { Statement } from '../iam/evaluate/policy.ts';
import { nameOfStatement } from './located.ts';
import { covers, subjectOf } from './questions.ts';
import type { Trust } from './trust.ts';
import type { Witness } from './witness.ts';

/** A statement of an RCP that denies tokens which the trust policy allows, and one of them. */
export interface DeniedByControl {
  readonly statement: Statement;
  readonly witness: Witness;
}

/**
 * What RCPs take away from a role.
 *
 * @param isGitlab whether an issuer is a GitLab
 * @param since ISO 8601, where only requests from then on count
 */
export function deniedByControls(
  { denies = [], ...own }: Trust,
  isGitlab: (issuer: string) => boolean,
  since?: string,
): DeniedByControl[] {
  return denies.flatMap((statement) => {
    const proof = covers({ ...own, denies: [statement] }, own, {}, since);
    if (proof.holds !== 'no') return [];
    const { witness } = proof;
    return isGitlab(issuerOfArn(witness.provider) ?? '') ? [{ statement, witness }] : [];
  });
}

/** `Statement[0] of RCP guard denies tokens that the trust policy allows, such as project_path:…` */
export function deniedInWords({ statement, witness }: DeniedByControl): string {
  return `${nameOfStatement(statement)} denies tokens that the trust policy allows, such as ${subjectOf(witness)}`;
}
