import type { Flaw } from '../../text/flaw.ts';
import { checkAccountId, checkRegion } from '../../iam/role-fields.ts';
import type { Problem } from '../../text/problem.ts';
import type { Answers } from '../schema.ts';
import { ifGiven } from '../../text/collect.ts';
import { checkAcceptedEdits } from './accepted-edits.ts';
import { checkBootstrap } from './bootstrap.ts';
import { checkGenerator } from './generator.ts';
import { checkGitlab, checkLegacyJwt } from './gitlab.ts';
import { checkOrganization } from './organization.ts';
import { checkPermissions } from './permissions.ts';
import { checkProvider, checkState } from './provider-and-state.ts';
import { checkRole, checkRoleNames } from './role.ts';
import { checkSubjectForms } from './subject-form.ts';

/** Everything wrong with answers of the right shape; empty when a blueprint can be made of them. */
export function checkAnswers(answers: Answers): Problem[] {
  const problems: Problem[] = [];
  const at = (where: string) => (flaw: Flaw | undefined) => {
    if (flaw) problems.push({ where, ...flaw });
  };
  const partition = answers.aws.partition ?? 'aws';

  checkGitlab(answers, at);
  at('aws.region')(checkRegion(answers.aws.region, partition));
  ifGiven(answers.aws.account_id, checkAccountId, at('aws.account_id'));
  checkProvider(answers, at);
  checkState(answers, at);
  checkGenerator(answers, at);
  checkAcceptedEdits(answers, at);
  if (answers.ci.credentials === 'legacy-jwt') checkLegacyJwt(answers, at);

  answers.roles.forEach((role, index) => {
    checkRole(role, answers, (key) => at(`roles[${index}].${key}`));
    checkPermissions(role.permissions, partition, answers, (key) =>
      at(`roles[${index}].permissions.${key}`),
    );
  });
  checkRoleNames(answers.roles, at);
  checkSubjectForms(answers, at);
  checkBootstrap(answers, at);
  checkOrganization(answers, at);
  return problems;
}
