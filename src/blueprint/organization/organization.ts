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
  const admitted = admittedBy(answers, organization);
  const rcp = rcpDocument(admitted, issuer);
  const ownBoundaries = [
    ...new Set(answers.accounts?.flatMap(({ permissions_boundary: own }) => own ?? [])),
  ];
  const scp = scpDocument({
    partition,
    issuerPrefix: issuer.prefix,
    names: bootstrap && bootstrapNames(bootstrap),
    ownBoundaries,
    protectedPaths: organization.protected_role_paths ?? [],
    exceptions,
  });
  const given = organization.exceptions ? 'exceptions' : 'protected_role_paths';
  const problems = [
    ...tooLong('organization.groups', 'the resource control policy', rcp),
    ...tooLong(
      ownBoundaries.length > exceptions.length ? 'accounts' : `organization.${given}`,
      'the service control policy',
      scp,
    ),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    rcp: { document: rcp, text: textOf(rcp) },
    scp: { document: scp, text: textOf(scp) },
    admitted,
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

function textOf(document: PolicyValue): string {
  const lines = `${jsonText(document)}\n`;
  return lines.length <= QUOTAS.organizationPolicy ? lines : `${JSON.stringify(document)}\n`;
}

function tooLong(where: string, what: string, document: PolicyValue): Problem[] {
  const { length } = textOf(document);
  if (length <= QUOTAS.organizationPolicy) return [];
  return [
    {
      where,
      what: `${what} has ${length} characters; AWS allows ${QUOTAS.organizationPolicy}`,
      fix: 'Use fewer, such as a parent group instead of its subgroups, or a shorter pattern',
    },
  ];
}
