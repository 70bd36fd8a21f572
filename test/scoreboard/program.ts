import { accessOf, type RoleAccess } from '../../src/access/access-of.ts';
import { gitlabIssuers } from '../../src/access/gitlab-issuers.ts';
import { decideJob, type JobDecision } from '../../src/access/job.ts';
import type { RoleContext } from '../../src/access/role-context.ts';
import { trustOf } from '../../src/access/trust.ts';
import { readInventory } from '../../src/aws/inputs/read-inputs.ts';
import { lintContextOf } from '../../src/lint/lint-context.ts';
import { lint, type LintReport } from '../../src/lint/lint.ts';
import type { Due, Scored, Token } from './policies.ts';
import { claimsOf } from './tokens.ts';

/** What the program says of a policy; the reason where it cannot read it. */
export type ProgramResult =
  | { readonly unreadable: string }
  | { readonly role: RoleContext; readonly report: LintReport; readonly access: RoleAccess };

/** Gives the program what `aws iam get-account-authorization-details` prints of such a role, and its providers. */
export function run({ trust, role, providers = [], policies = [] }: Scored): ProgramResult {
  const partition = /arn:(aws[a-z-]*):/.exec(JSON.stringify(trust))?.[1] ?? 'aws';
  const details = {
    RoleDetailList: [
      {
        RoleName: 'deploy',
        Arn: role ?? `arn:${partition}:iam::123456789012:role/deploy`,
        AssumeRolePolicyDocument: trust,
        AttachedManagedPolicies: policies.flatMap(({ name, arn }) =>
          arn === undefined ? [] : [{ PolicyName: name, PolicyArn: arn }],
        ),
        RolePolicyList: policies.flatMap(({ name, document }) =>
          document === undefined ? [] : [{ PolicyName: name, PolicyDocument: document }],
        ),
      },
    ],
  };
  const known = providers.map(({ arn, url, clientIds }) => ({
    Arn: arn,
    Url: url,
    ClientIDList: clientIds,
  }));
  const { roles, unreadable } = readInventory(
    [details, ...known].map((value, index) => ({
      file: `input-${String(index)}.json`,
      text: JSON.stringify(value),
      isFound: false,
    })),
  );
  const [first] = roles;
  if (first === undefined) return { unreadable: unreadable.map(({ what }) => what).join('; ') };
  return {
    role: first,
    report: lint(first.trust, lintContextOf(first)),
    access: accessOf(trustOf(first), gitlabIssuers([first.trust])),
  };
}

/** What `explain` answers about one job. */
export function decide(
  result: ProgramResult,
  { claims, request = {} }: Token,
): JobDecision['decision'] {
  if ('unreadable' in result) return 'undetermined';
  const given = Object.fromEntries(
    Object.entries(request).map(([key, value]) => [key.toLowerCase(), value]),
  );
  return decideJob(trustOf(result.role), claimsOf(claims), given).decision;
}

/** The worst that `lint` reports, or that it cannot determine it. */
export function classOf(result: ProgramResult): Due | 'cannot say' {
  if ('unreadable' in result) return 'never works';
  const harms = new Set(result.report.findings.map(({ harm }) => harm));
  if (harms.has('lets-in')) return 'dangerous';
  if (harms.has('weakens')) return 'too wide';
  if (harms.has('locks-out') || harms.has('rejected')) return 'never works';
  return harms.has('unknown') ? 'cannot say' : 'fine';
}
