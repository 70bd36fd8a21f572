import { printTo } from '../../terminal/output.ts';
import { grantsOfPolicy } from '../../blueprint/grants-of-policy.ts';
import { contextOf, issuerOfArn } from '../../iam/condition-keys.ts';
import type { TrustPolicy } from '../../iam/evaluate/policy.ts';
import { explain } from '../../explain/explain.ts';
import { gitlabStatements } from '../../lint/gitlab-statement.ts';
import type { RoleContext } from '../../access/role-context.ts';
import type { LintFacts } from '../../lint/lint-context.ts';
import { issuerPrefix, normaliseUrl } from '../../gitlab/instance-url.ts';
import { visible } from '../../text/unprintable.ts';
import { ProblemError } from '../../text/problem.ts';
import type { RoleAccess, RoleAnswer } from './answers.ts';
import { accessTable, answerText } from './formats.ts';
import {
  asksSomething,
  questionOf,
  tokenClaims,
  type QuestionFlags,
} from '../../doctor/facts/question.ts';
import { readRoleInputs } from '../../repository/policy-inputs.ts';

export interface ExplainOptions {
  readonly inputs: readonly string[];
  readonly format: string;
  readonly flags: QuestionFlags;
  /** Address of the issuer, where the policy trusts several. */
  readonly issuer: string | undefined;
  /** Only this role. */
  readonly role: string | undefined;
}

/**
 * Says who may assume what, or whether one job may.
 *
 * @returns the exit code: 0, or 1 when a question was asked and no role lets the job in, or an item could not be read
 * @throws {ProblemError} for an input or flags that will not do
 */
export async function runExplain(options: ExplainOptions): Promise<number> {
  const { inputs, format, flags, role } = options;
  const { inventory, facts, blueprint, notes = [] } = await readRoleInputs(inputs);
  for (const note of notes) printTo('stderr', `${visible(note)}\n`);
  const { roles: all, unreadable } = inventory;
  const roles =
    role === undefined ? all : all.filter(({ label, name }) => label === role || name === role);
  if (roles.length === 0) {
    throw new ProblemError([
      {
        where: '--role',
        what: `there is no role ${role ?? ''}`,
        fix: `Use one of ${all.map(({ label }) => label).join(', ')}`,
      },
    ]);
  }
  if (!asksSomething(flags)) {
    const decided = blueprint?.stacks.flatMap((stack) => stack.roles);
    const access = roles.map(({ label, trust }): RoleAccess => ({
      role: label,
      grants:
        decided?.find((one) => one.name === label)?.grants ?? grantsOfPolicy(trust, facts.issuers),
    }));
    printTo('stdout', accessTable(format, access, unreadable));
    return unreadable.length > 0 ? 1 : 0;
  }
  const token = await tokenClaims(flags);
  const answers: RoleAnswer[] = [];
  let assumed: readonly string[] = [];
  for (const found of roles) {
    const provider = providerOf(found, facts, options.issuer);
    const question = questionOf(flags, provider.issuer, blueprint, token);
    assumed = question.assumed;
    answers.push({
      role: found.label,
      explanation: explain(found.trust, {
        principal: provider.arn,
        context: contextOf(provider.issuer, question.claims),
      }),
    });
  }
  printTo('stdout', answerText(format, answers, assumed, unreadable));
  const isAllowed = answers.some(({ explanation }) => explanation.decision === 'allowed');
  return isAllowed && unreadable.length === 0 ? 0 : 1;
}

/** The provider that vouches for the token: the one asked for, or the policy's own. */
function providerOf({ trust, label }: RoleContext, facts: LintFacts, asked: string | undefined) {
  const issuer = asked === undefined ? undefined : issuerOf(asked);
  const arns = federated(trust);
  const gitlab = gitlabStatements(trust, facts)[0]?.issuers[0];
  const wanted = issuer ?? gitlab;
  const arn = arns.find((one) => wanted === undefined || issuerOfArn(one) === wanted) ?? arns[0];
  const named = issuer ?? (arn === undefined ? wanted : issuerOfArn(arn));
  if (named === undefined) {
    throw new ProblemError([
      { where: label, what: 'the policy names no OIDC provider', fix: 'Give --issuer' },
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
