import type { Flaw } from '../../text/flaw.ts';
import type { Problem } from '../../text/problem.ts';
import { accountsOf, inAllAccounts, placeInAnswers } from '../accounts.ts';
import type { Answers } from '../schema.ts';
import { checkAcceptedEdits } from './accepted-edits.ts';
import { checkBootstrap } from './bootstrap.ts';
import { checkAccounts, checkEachAccount } from './accounts.ts';
import { checkGenerator } from './generator.ts';
import { checkGitlab, checkLegacyJwt } from './gitlab.ts';
import { checkJobPrefix } from './job-prefix.ts';
import { checkOrganization } from './organization.ts';
import { checkReports } from './reports.ts';
import { checkRoleNames } from './role.ts';
import { checkSubjectForms } from './subject-form.ts';

/** Everything wrong with answers of the right shape; empty when a blueprint can be made of them. */
export function checkAnswers(answers: Answers): Problem[] {
  const problems: Problem[] = [];
  const at = (where: string) => (flaw: Flaw | undefined) => {
    if (flaw) problems.push({ where, ...flaw });
  };

  checkGitlab(answers, at);
  checkAccounts(answers, at);
  const each = accountsOf(answers);
  // Where the accounts themselves are wrong, what follows from them is not worth reading.
  if (problems.length === 0) problems.push(...checkEachAccount(each));
  checkJobPrefix(answers, at);
  checkGenerator(answers, at);
  checkReports(answers, at);
  checkAcceptedEdits(answers, at);
  const all = inAllAccounts(answers, each);
  const inAll = (where: string) => at(placeInAnswers(all, where));
  if (answers.ci.credentials === 'legacy-jwt') checkLegacyJwt(all.answers, inAll);

  checkRoleNames(answers.roles, at);
  checkSubjectForms(all.answers, inAll);
  checkBootstrap(answers, at);
  checkOrganization(all.answers, inAll);
  return problems;
}
