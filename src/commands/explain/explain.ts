import { printTo } from '../../terminal/output.ts';
import type { Grant } from '../../blueprint/blueprint.ts';
import { grantsOfPolicy } from '../../blueprint/grants-of-policy.ts';
import { contextOf, issuerOfArn } from '../../iam/condition-keys.ts';
import type { TrustPolicy } from '../../iam/evaluate/policy.ts';
import { explain, type Explanation } from '../../explain/explain.ts';
import { gitlabStatements } from '../../lint/gitlab-statement.ts';
import type { FoundPolicy } from '../../aws/inputs/policy-documents.ts';
import { issuerPrefix, normaliseUrl } from '../../gitlab/instance-url.ts';
import { ProblemError } from '../../text/problem.ts';
import { accessTable, answerText } from './formats.ts';
import {
  asksSomething,
  questionOf,
  tokenClaims,
  type QuestionFlags,
} from '../../doctor/facts/question.ts';
import { readPolicies } from '../../repository/policy-inputs.ts';

export interface ExplainOptions {
  readonly input: string;
  readonly format: string;
  readonly flags: QuestionFlags;
  /** Address of the issuer, where the policy trusts several. */
  readonly issuer: string | undefined;
  /** Only this role. */
  readonly role: string | undefined;
}

/** A role and who may assume it. */
export interface RoleAccess {
  readonly role: string;
  readonly grants: readonly Grant[];
}

/** What one role says to the question. */
export interface RoleAnswer {
  readonly role: string;
  readonly explanation: Explanation;
}

/**
 * Says who may assume what, or whether one job may.
 *
 * @returns the exit code: 0, or 1 when a question was asked and no role lets the job in
 * @throws {ProblemError} for an input or flags that will not do
 */
export async function runExplain(options: ExplainOptions): Promise<number> {
  const { input, format, flags, role } = options;
  const { policies: all, blueprint } = await readPolicies(input);
  const policies = role === undefined ? all : all.filter(({ name }) => name === role);
  if (policies.length === 0) {
    throw new ProblemError([
      {
        where: '--role',
        what: `there is no role ${role ?? ''}`,
        fix: `Use one of ${all.map(({ name }) => name).join(', ')}`,
      },
    ]);
  }
  if (!asksSomething(flags)) {
    const access = policies.map(({ name, policy, context }): RoleAccess => ({
      role: name,
      grants:
        blueprint?.roles.find((one) => one.name === name)?.grants ??
        grantsOfPolicy(policy, context.issuers),
    }));
    printTo('stdout', accessTable(format, access));
    return 0;
  }
  const token = await tokenClaims(flags);
  const answers: RoleAnswer[] = [];
  let assumed: readonly string[] = [];
  for (const found of policies) {
    const provider = providerOf(found, options.issuer);
    const question = questionOf(flags, provider.issuer, blueprint, token);
    assumed = question.assumed;
    answers.push({
      role: found.name,
      explanation: explain(found.policy, {
        principal: provider.arn,
        context: contextOf(provider.issuer, question.claims),
      }),
    });
  }
  printTo('stdout', answerText(format, answers, assumed));
  return answers.some(({ explanation }) => explanation.decision === 'allowed') ? 0 : 1;
}

/** The provider that vouches for the token: the one asked for, or the policy's own. */
function providerOf({ policy, context, name }: FoundPolicy, asked: string | undefined) {
  const issuer = asked === undefined ? undefined : issuerOf(asked);
  const arns = federated(policy);
  const gitlab = gitlabStatements(policy, { issuers: [...(context.issuers ?? [])] })[0]?.issuers[0];
  const wanted = issuer ?? gitlab;
  const arn = arns.find((one) => wanted === undefined || issuerOfArn(one) === wanted) ?? arns[0];
  const named = issuer ?? (arn === undefined ? wanted : issuerOfArn(arn));
  if (named === undefined) {
    throw new ProblemError([
      { where: name, what: 'the policy names no OIDC provider', fix: 'Give --issuer' },
    ]);
  }
  return {
    issuer: named,
    arn:
      arn !== undefined && issuerOfArn(arn) === named
        ? arn
        : `arn:aws:iam::123456789012:oidc-provider/${named}`,
  };
}

function issuerOf(address: string): string {
  const result = normaliseUrl(address);
  if ('url' in result) return issuerPrefix(result.url);
  throw new ProblemError([{ where: '--issuer', ...result.flaw }]);
}

function federated({ statements }: TrustPolicy): string[] {
  return statements.flatMap(({ principal }) =>
    principal.entries.flatMap(({ type, value }) => (type === 'Federated' ? [value] : [])),
  );
}
