import type { RoleContext } from '../access/role-context.ts';
import {
  accountsOf,
  inAllAccounts,
  placeInAnswers,
  type AccountAnswers,
} from '../answers/accounts.ts';
import { withProjectRoles } from '../answers/per-project/roles.ts';
import type { Answers } from '../answers/schema.ts';
import { rolesOfAccounts } from './accounts/roles-of-accounts.ts';
import { isGitlabCom, issuerPrefix } from '../gitlab/instance-url.ts';
import { gitlabIssuers } from '../access/gitlab-issuers.ts';
import { type Estate, estateOf } from '../lint/estate.ts';
import { findingsOf } from '../lint/lint.ts';
import { ProblemError, type Problem } from '../text/problem.ts';
import type { Blueprint, Issuer, Notice, Promotion } from './blueprint.ts';
import { bootstrapOf } from './bootstrap/bootstrap.ts';
import { managedByPipeline, withBootstrapRoles } from './bootstrap/with-bootstrap.ts';
import { CDKS } from './cdk.ts';
import { gitlabSettingsOf } from './gitlab-settings.ts';
import { withKnownIds } from './known-ids.ts';
import { LintNotices, noticesOf } from './notices.ts';
import { organizationOf } from './organization/organization.ts';
import { lintContextOf } from '../lint/lint-context.ts';
import { findingsAboutRole } from '../lint/role-rules.ts';
import { lintFactsOf, pipelineContextsOf, roleContextOf, withEachRoleOnce } from './policies.ts';
import { jobPrefixOf, refuseEqualJobs } from './jobs.ts';
import { NOTHING_PLACED, type Placement } from './parts/placement.ts';
import { isSound } from './sound-policies.ts';
import { type PartNames, stacksOf } from './accounts/stacks.ts';
import { groupFormOf, subjectFormsOf } from './subject-forms.ts';

/**
 * Decides everything that follows from the answers.
 *
 * @param placement which part of its role each project was in, which decides nothing else
 * @throws {ProblemError} when a quota of IAM would be exceeded, naming the answer
 */
export function blueprintOf(given: Answers, placement = NOTHING_PLACED): Blueprint {
  const { answers, placeOf } = withProjectRoles(withKnownIds(given));
  const placed = <T extends { readonly where: string }>(all: readonly T[]): T[] => {
    const found = all.map((one) => ({ ...one, where: placeOf(one.where) }));
    return answers.roles.length === given.roles.length ? found : eachOnce(found);
  };
  try {
    const blueprint = decided(answers, placement);
    return { ...blueprint, notices: placed(blueprint.notices) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError(placed(error.problems));
  }
}

function eachOnce<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function decided(answers: Answers, placement: Placement): Blueprint {
  const issuer = issuerOf(answers);
  const accounts = accountsOf(answers);
  const managed = accountsOf(managedByPipeline(answers));
  const { stacks, shared, partNames } = stacksOf(answers, managed, issuer, placement);
  const all = inAllAccounts(answers, accounts);
  const signingIn = withBootstrapRoles(all.answers);
  const forms = {
    subjectForms: subjectFormsOf(signingIn),
    groupForm: groupFormOf(all.answers),
  };
  const blueprint: Blueprint = {
    issuer,
    stacks,
    shared,
    cdk: answers.output === 'hcl' ? undefined : CDKS[answers.output],
    ci: {
      credentials: answers.ci.credentials,
      jobPrefix: jobPrefixOf(answers.ci.job_prefix),
      promotion: promotionOf(answers),
      generator: generatorOf(answers),
      accessMap: answers.ci.access_map === true,
      audit: answers.ci.audit?.roles ?? [],
    },
    repository: answers.gitlab.repository,
    ...forms,
    gitlabSettings: gitlabSettingsOf(signingIn, forms),
    bootstrap: bootstrapOf(answers, issuer),
    organization: organizationOf(all.answers, issuer),
    notices: answerNotices(all, accounts, partNames),
  };
  refuseEqualJobs(blueprint);
  return { ...blueprint, notices: [...blueprint.notices, ...lintNotices(blueprint)] };
}

/** A stage for each account that the answers name, in their order, and one for the others together. */
function promotionOf({ accounts = [], ci: { promotion = [] } }: Answers): Promotion[] {
  const others = accounts.map(({ name }) => name).filter((name) => !promotion.includes(name));
  return [
    ...promotion.map((name) => ({ stage: `apply-${name}`, accounts: [name] })),
    ...(others.length > 0 ? [{ stage: 'apply', accounts: others }] : []),
  ];
}

/** What the answers themselves call for, at the places where the answers say it. */
function answerNotices(
  all: ReturnType<typeof inAllAccounts>,
  accounts: readonly AccountAnswers[],
  partNames: PartNames,
): Notice[] {
  const unknown = accounts.findIndex(({ answers }) => answers.aws.account_id === undefined);
  const known = accounts[unknown < 0 ? 0 : unknown]?.answers.aws ?? all.answers.aws;
  const answers = { ...all.answers, aws: { ...all.answers.aws, ...known } };
  const names = all.places.map(({ index, account }) => partNames(index, account));
  return noticesOf(answers, names).map(({ where, text }) => ({
    where:
      where === 'aws.account_id' && answers.accounts
        ? `accounts[${unknown}].id`
        : placeInAnswers(all, where),
    text,
  }));
}

/**
 * What lint warns of.
 *
 * @throws {ProblemError} for what lint calls an error: such a policy is never written
 */
function lintNotices(blueprint: Blueprint): Notice[] {
  const facts = lintFactsOf(blueprint);
  // What is known of one role's trust policy is known of all that differ from it in names only.
  let estate: Estate | undefined;
  const findingsOfRole = (role: RoleContext) => {
    const context = lintContextOf(role, facts);
    if (isSound(role.trust, context)) return findingsAboutRole(role.trust, context);
    estate ??= estateOf(gitlabIssuers([], facts.issuers ?? []));
    return findingsOf(role.trust, lintContextOf(role, { ...facts, estate })).findings;
  };
  const problems: Problem[] = [];
  const check = (role: RoleContext) => {
    const findings = findingsOfRole(role);
    for (const { severity, id, path, message, fix } of findings) {
      if (severity !== 'error') continue;
      problems.push({ where: `role ${role.label}`, what: `${id} ${path}: ${message}`, fix });
    }
    return findings;
  };
  const titles = titlesOf(blueprint);
  const notices = new LintNotices();
  // One role at a time: the parsed policies of thousands would take more memory than the repository.
  for (const stack of withEachRoleOnce(blueprint).stacks) {
    for (const role of stack.roles) {
      const context = roleContextOf(role, stack, blueprint);
      notices.add(titles.get(context.label) ?? context.label, check(context));
    }
  }
  // That any branch may plan is on the page of the bootstrap.
  pipelineContextsOf(blueprint).forEach(check);
  if (problems.length > 0) throw new ProblemError(problems);
  return notices.all();
}

/** Roles that are the same in several accounts in words, by the label of each. */
function titlesOf(blueprint: Blueprint): ReadonlyMap<string, string> {
  return new Map(
    rolesOfAccounts(blueprint).flatMap(({ role: { name }, accounts, stacks }) =>
      stacks.length > 1 && accounts !== undefined
        ? stacks.map((stack) => [`${stack.name ?? ''}/${name}`, `${name} in ${accounts}`] as const)
        : [],
    ),
  );
}

function issuerOf({ gitlab }: Answers): Issuer {
  const url = gitlab.issuer ?? gitlab.url;
  const audiences = [gitlab.audience ?? gitlab.url].flat();
  return {
    instanceUrl: gitlab.url,
    url,
    prefix: issuerPrefix(url),
    audience: audiences[0] ?? gitlab.url,
    audiences,
    isGitlabCom: isGitlabCom(url),
  };
}

function generatorOf({ ci: { generator } }: Answers): Blueprint['ci']['generator'] {
  if (generator === undefined || generator === 'none') return undefined;
  return {
    from: generator.package.startsWith('https:') ? 'url' : 'registry',
    package: generator.package,
    integrity: generator.integrity,
  };
}
