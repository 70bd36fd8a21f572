import { ANSWERS_FILE, SCHEMA_FILE } from '../answers/file-names.ts';
import type { Answers } from '../answers/schema.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { answersJsonSchema } from './json-schema.ts';
import { renderBootstrap } from '../render/bootstrap/bootstrap.ts';
import { renderCdktfAccounts } from '../render/accounts/cdktf-accounts.ts';
import { renderCdktf } from '../render/cdktf.ts';
import type { Files } from '../render/files.ts';
import { renderGitlabCi } from '../render/gitlab-ci.ts';
import { renderGitlabSettings } from '../render/gitlab-settings.ts';
import { renderOrganization } from '../render/organization.ts';
import { LOCK_FILE, lockText } from './lock.ts';
import { renderReadme } from '../render/readme.ts';
import { stackView } from '../render/stack-view.ts';
import { renderAccounts } from '../render/accounts/terraform-accounts.ts';
import { renderTerraform } from '../render/terraform.ts';

/**
 * The whole generated repository.
 *
 * @param answers what the blueprint follows from
 * @param text the text of the answers file, kept as it is
 */
export function renderRepository(blueprint: Blueprint, answers: Answers, text: string): Files {
  const generated = renderGenerated(blueprint);
  return new Map([
    ...generated,
    [ANSWERS_FILE, text],
    [LOCK_FILE, lockText(answers, blueprint, generated)],
  ]);
}

/** What is a person's only if they edit it: everything but the answers and the lock file. */
export function renderGenerated(blueprint: Blueprint): Files {
  return new Map([
    ...renderReadme(blueprint),
    [SCHEMA_FILE, answersJsonSchema()],
    ...renderInfrastructure(blueprint),
    ...renderGitlabCi(blueprint),
    ...renderGitlabSettings(blueprint),
    ...renderBootstrap(blueprint),
    ...renderOrganization(blueprint),
  ]);
}

function renderInfrastructure(blueprint: Blueprint): Files {
  const { cdk, issuer, shared, stacks } = blueprint;
  if (shared) {
    return new Map([
      ...(cdk ? renderCdktfAccounts(blueprint, shared, cdk) : []),
      ...renderAccounts(blueprint, shared),
    ]);
  }
  const [stack] = stacks;
  const view = stackView(stack, issuer);
  return new Map([
    ...(cdk ? renderCdktf(cdk, view, stack.state) : []),
    ...renderTerraform(view, stack.state),
  ]);
}
