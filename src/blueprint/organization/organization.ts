import { bootstrapNames } from '../../answers/bootstrap-defaults.ts';
import type { Answers, Organization } from '../../answers/schema.ts';
import { jsonText } from '../../text/json-text.ts';
import type { PolicyValue } from '../../iam/policy.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { ProblemError, type Problem } from '../../text/problem.ts';
import type { Issuer } from '../blueprint.ts';
import type { OrganizationBlueprint } from './guard.ts';
import { admittedBy, rcpDocument } from './rcp.ts';
import { scpDocument } from './scp.ts';

/**
 * Decides the policies of the organization.
 *
 * @returns `undefined` where the answers have none
 * @throws {ProblemError} where a policy is longer than AWS allows, naming the answer
 */
export function organizationOf(
  answers: Answers,
  issuer: Issuer,
): OrganizationBlueprint | undefined {
  const { organization, bootstrap, aws } = answers;
  if (!organization) return undefined;
  const partition = aws.partition ?? 'aws';
  const exceptions = exceptionsOf(answers, organization);
  const rcp = rcpDocument(admittedBy(answers, organization), issuer);
  const scpWith = (ownBoundaries: readonly string[]) =>
    scpDocument({
      partition,
      issuerPrefix: issuer.prefix,
      names: bootstrap && bootstrapNames(bootstrap),
      ownBoundaries,
      protectedPaths: organization.protected_role_paths ?? [],
      exceptions,
    });
  const scp = scpWith(ownBoundariesOf(answers));
  const others = organization.exceptions
    ? 'organization.exceptions'
    : 'organization.protected_role_paths';
  const problems = [
    ...tooLong('organization.groups', 'the resource control policy', rcp),
    ...tooLong(isTooLong(scpWith([])) ? others : 'accounts', 'the service control policy', scp),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    rcp: { document: rcp, text: textOf(rcp) },
    scp: { document: scp, text: textOf(scp) },
    groups: organization.groups.map(({ path, namespace_id }) => ({
      path,
      isFlat: namespace_id !== undefined,
    })),
    exceptions,
  };
}

/** Those who make accounts, and StackSets, which deploy the bootstrap to them. */
function exceptionsOf({ bootstrap }: Answers, { exceptions }: Organization): readonly string[] {
  if (exceptions) return exceptions;
  const admin = bootstrap?.admin_role ?? 'OrganizationAccountAccessRole';
  return [...new Set(['AWSControlTowerExecution', admin, 'stacksets-exec-*'])];
}

/** The boundaries that accounts have in place of the one of the bootstrap. */
function ownBoundariesOf({ accounts = [] }: Answers): readonly string[] {
  return [...new Set(accounts.flatMap(({ permissions_boundary: own }) => own ?? []))];
}

function textOf(document: PolicyValue): string {
  const lines = `${jsonText(document)}\n`;
  return lines.length <= QUOTAS.organizationPolicy ? lines : `${JSON.stringify(document)}\n`;
}

function isTooLong(document: PolicyValue): boolean {
  return textOf(document).length > QUOTAS.organizationPolicy;
}

function tooLong(where: string, what: string, document: PolicyValue): Problem[] {
  if (!isTooLong(document)) return [];
  const { length } = textOf(document);
  return [
    {
      where,
      what: `${what} has ${length} characters; AWS allows ${QUOTAS.organizationPolicy}`,
      fix:
        where === 'accounts'
          ? 'Give fewer accounts a permissions_boundary of their own'
          : 'Use fewer, such as a parent group instead of its subgroups, or a shorter pattern',
    },
  ];
}
