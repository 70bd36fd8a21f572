import type { Flaw } from '../../text/flaw.ts';
import type { Problem } from '../../text/problem.ts';
import { accountsOf, inAllAccounts, placeInAnswers } from '../accounts.ts';
import { withProjectRoles } from '../per-project/roles.ts';
import type { Answers } from '../schema.ts';
import { checkAcceptedEdits } from './accepted-edits.ts';
import { checkBootstrap } from './bootstrap.ts';
import { checkAccounts, checkEachAccount } from './accounts.ts';
import { checkGenerator } from './generator.ts';
import { checkGitlab, checkLegacyJwt } from './gitlab.ts';
import { checkJobPrefix } from './job-prefix.ts';
import { checkOrganization } from './organization.ts';
import { checkProjectRoles } from './project-roles.ts';
import { checkReports } from './reports.ts';
import { checkRoleNames } from './role.ts';
import { checkSubjectForms } from './subject-form.ts';

/** Everything wrong with answers of the right shape; empty when a blueprint can be made of them. */
export function checkAnswers(given: Answers): Problem[] {
  const problems: Problem[] = [];
  const atGiven = (where: string) => (flaw: Flaw | undefined) => {
    if (flaw) problems.push({ where, ...flaw });
  };
  checkProjectRoles(given, atGiven);
  if (problems.length > 0) return problems;
  const { answers, placeOf } = withProjectRoles(given);
  const at = (where: string) => (flaw: Flaw | undefined) => {
    const place = placeOf(where);
    // What is wrong with the roles of all projects is reported once.
    const isOfProjects =
      given.roles[Number(/^roles\[(\d+)/.exec(place)?.[1])]?.per_project ?? false;
    if (isOfProjects && problems.some((problem) => problem.where === place)) return;
    atGiven(place)(flaw);
  };

  checkGitlab(answers, at);
  checkAccounts(answers, at);
  const each = accountsOf(answers);
  // Where the accounts themselves are wrong, what follows from them is not worth reading.
  if (problems.length === 0) {
    for (const { where, ...flaw } of checkEachAccount(each)) at(where)(flaw);
  }
  checkJobPrefix(answers, at);
  checkGenerator(answers, at);
  checkReports(answers, at);
  checkAcceptedEdits(answers, at);
  const all = inAllAccounts(answers, each);
  const inAll = (where: string) => at(placeInAnswers(all, where));
  if (answers.ci.credentials === 'legacy-jwt') checkLegacyJwt(all.answers, inAll);

  checkRoleNames(answers.roles, at, placeOf);
  checkSubjectForms(all.answers, inAll);
  checkBootstrap(answers, at);
  checkOrganization(all.answers, inAll);
  return problems;
}
