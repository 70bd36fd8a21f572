import type { RoleContext } from '../access/role-context.ts';
import type { Answers } from '../answers/schema.ts';
import { isGitlabCom, issuerPrefix } from '../gitlab/instance-url.ts';
import { lint } from '../lint/lint.ts';
import { ProblemError } from '../text/problem.ts';
import type { Blueprint, Issuer, Notice } from './blueprint.ts';
import { bootstrapOf } from './bootstrap/bootstrap.ts';
import { managedByPipeline, withBootstrapRoles } from './bootstrap/with-bootstrap.ts';
import { CDKS } from './cdk.ts';
import { gitlabSettingsOf } from './gitlab-settings.ts';
import { withKnownIds } from './known-ids.ts';
import { noticesOf, noticesOfLint } from './notices.ts';
import { organizationOf } from './organization/organization.ts';
import { lintContextOf } from '../lint/lint-context.ts';
import { lintFactsOf, pipelineContextsOf, roleContextsOf } from './policies.ts';
import { stackOf } from './stack.ts';
import { groupFormOf, subjectFormsOf } from './subject-forms.ts';

/**
 * Decides everything that follows from the answers.
 *
 * @throws {ProblemError} when a quota of IAM would be exceeded, naming the answer
 */
export function blueprintOf(given: Answers): Blueprint {
  const answers = withKnownIds(given);
  const issuer = issuerOf(answers);
  const { stack, partNames } = stackOf(managedByPipeline(answers), issuer);
  const signingIn = withBootstrapRoles(answers);
  const forms = { subjectForms: subjectFormsOf(signingIn), groupForm: groupFormOf(answers) };
  const decided: Blueprint = {
    issuer,
    stacks: [stack],
    cdk: answers.output === 'hcl' ? undefined : CDKS[answers.output],
    ci: { credentials: answers.ci.credentials, generator: generatorOf(answers) },
    repository: answers.gitlab.repository,
    ...forms,
    gitlabSettings: gitlabSettingsOf(signingIn, forms),
    bootstrap: bootstrapOf(answers, issuer),
    organization: organizationOf(answers, issuer),
    notices: noticesOf(answers, partNames),
  };
  return { ...decided, notices: [...decided.notices, ...lintNotices(decided)] };
}

/**
 * What lint warns of.
 *
 * @throws {ProblemError} for what lint calls an error: such a policy is never written
 */
function lintNotices(blueprint: Blueprint): Notice[] {
  const facts = lintFactsOf(blueprint);
  const check = (role: RoleContext) => ({
    role: role.label,
    findings: lint(role.trust, lintContextOf(role, facts)).findings,
  });
  const checked = roleContextsOf(blueprint).map(check);
  // That any branch may plan is on the page of the bootstrap.
  const pipeline = pipelineContextsOf(blueprint).map(check);
  const problems = [...checked, ...pipeline].flatMap(({ role, findings }) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ id, path, message, fix }) => ({
        where: `role ${role}`,
        what: `${id} ${path}: ${message}`,
        fix: fix,
      })),
  );
  if (problems.length > 0) throw new ProblemError(problems);
  return noticesOfLint(checked);
}

function issuerOf({ gitlab }: Answers): Issuer {
  const url = gitlab.issuer ?? gitlab.url;
  return {
    instanceUrl: gitlab.url,
    url,
    prefix: issuerPrefix(url),
    audience: gitlab.audience ?? gitlab.url,
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
