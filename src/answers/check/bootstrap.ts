import { isGitlabCom } from '../../gitlab/instance-url.ts';
import { checkRef, isPattern } from '../../gitlab/ref.ts';
import { checkAccountId, checkPolicyName, checkRoleName } from '../../iam/role-fields.ts';
import { type At, checkList, ifGiven, itself, within } from '../../text/collect.ts';
import { type Flaw, shown } from '../../text/flaw.ts';
import {
  bootstrapNames,
  bootstrapRoles,
  boundaryArn,
  type BootstrapNames,
} from '../bootstrap-defaults.ts';
import { accountsOf, placeInAnswers } from '../accounts.ts';
import type { Answers, Bootstrap } from '../schema.ts';
import { checkBootstrapOfAccounts } from './bootstrap-of-accounts.ts';
import { checkBootstrapPath, checkRolePattern, overlap } from './role-patterns.ts';
import { checkSources } from './subject-form.ts';

/** What must exist before the pipeline can sign in, and that the roles are ones that the pipeline may manage. */
export function checkBootstrap(answers: Answers, at: At): void {
  const { bootstrap } = answers;
  if (bootstrap === undefined) return;
  const own = within(at, 'bootstrap.');
  const names = bootstrapNames(bootstrap);
  checkNeeds(answers, at);
  if (answers.accounts) checkBootstrapOfAccounts(answers, bootstrap, at);
  else checkOneAccount(answers, at);
  checkNames(answers, names, own);
  checkRefs(bootstrap, own);
  checkRepository(answers, own);
  checkList(bootstrap.usable_roles, itself, checkRolePattern, within(own, 'usable_roles'));
  checkList(bootstrap.organizational_units, itself, checkUnit, within(own, 'organizational_units'));
  ifGiven(bootstrap.state_account, checkAccountId, own('state_account'));
  ifGiven(bootstrap.admin_role, checkRoleName, own('admin_role'));
  checkManagedRoles(answers, bootstrap, names, at);
}

function checkNeeds({ gitlab }: Answers, at: At): void {
  if (gitlab.repository === undefined) {
    at('gitlab.repository')({
      what: 'it is missing, and the bootstrap creates roles for the pipeline of that project',
      fix: 'Give the path of the project that holds this repository',
    });
  }
}

/** What one account without a name needs. */
function checkOneAccount({ aws, state, bootstrap }: Answers, at: At): void {
  if (aws.account_id === undefined) {
    at('aws.account_id')({
      what: 'it is missing, and the ARN of the permissions boundary contains it',
      fix: 'Give the 12 digits of the account, in quotes',
    });
  }
  if (state.backend === 'local') {
    at('state.backend')({
      what: 'the state is local, so the pipeline does not sign in and needs no bootstrap',
      fix: 'Keep the state in s3 or gitlab, or leave bootstrap out',
    });
  }
  if (state.backend !== 's3' && bootstrap?.state_account !== undefined) {
    at('bootstrap.state_account')({
      what: 'the state is not in a bucket',
      fix: 'Leave it out, or set state.backend to s3',
    });
  }
}

function checkNames({ roles }: Answers, names: BootstrapNames, at: At): void {
  at('role_path')(checkBootstrapPath(names.rolePath));
  const flaw = checkBootstrapPath(names.managedPath);
  at('managed_path')(flaw);
  if (!flaw && overlap(names.rolePath, names.managedPath)) {
    at('managed_path')({
      what: `${shown(names.managedPath)} and ${shown(names.rolePath)} overlap, so the apply role could change itself`,
      fix: 'Give managed_path and role_path that do not begin with each other',
    });
  }
  at('plan_role')(checkRoleName(names.planRole));
  at('apply_role')(checkRoleName(names.applyRole));
  at('boundary')(checkPolicyName(names.boundary));
  const taken = new Set(roles.map(({ name }) => name.toLowerCase()));
  for (const [key, name] of [
    ['plan_role', names.planRole],
    ['apply_role', names.applyRole],
  ] as const) {
    if (taken.has(name.toLowerCase())) {
      at(key)({
        what: `${shown(name)} is the name of another role, and IAM ignores case and path`,
        fix: 'Give it another name',
      });
    }
    taken.add(name.toLowerCase());
  }
}

function checkRefs({ refs }: Bootstrap, at: At): void {
  const branch = refs?.default_branch;
  if (branch === undefined) return;
  const report = at('refs.default_branch');
  report(checkRef({ type: 'branch', name: branch }));
  if (isPattern(branch)) {
    report({
      what: `${shown(branch)} is a pattern, and only one branch may apply`,
      fix: 'Give the name of the protected default branch',
    });
  }
}

/** The project of the repository has one ID and one form of subject, which must have all that the two roles need. */
function checkRepository(answers: Answers, at: At): void {
  const gitlabCom = isGitlabCom(answers.gitlab.issuer ?? answers.gitlab.url);
  const { repository } = answers.bootstrap ?? {};
  if (!gitlabCom && repository?.namespace_id !== undefined) {
    at('repository.namespace_id')({
      what: 'AWS has a condition key for it on gitlab.com only',
      fix: 'Leave it out',
    });
  }
  const reported = new Set<string>();
  for (const role of bootstrapRoles(answers)) {
    checkSources(role, answers, gitlabCom, (where) => (flaw) => {
      if (!flaw || reported.has(where)) return;
      reported.add(where);
      const component = ENVIRONMENT_COMPONENTS.find((one) => one === where);
      if (component === undefined) at(placeOf(where))(flaw);
      else at('repository.sub_components')(needsEnvironment(component));
    });
  }
  answers.roles.forEach(({ projects = [] }, r) => {
    projects.forEach((project, p) => {
      if (project.path !== answers.gitlab.repository) return;
      const own = repository?.id;
      if (own === undefined || project.id === undefined || own === project.id) return;
      at('repository.id')({
        what: `${shown(project.path)} has the ID ${project.id} in roles[${r}].projects[${p}] and ${own} here`,
        fix: 'Give the same ID in both',
      });
    });
  });
}

const ENVIRONMENT_COMPONENTS: readonly string[] = ['environment_protected', 'deployment_tier'];

function needsEnvironment(component: string): Flaw {
  return {
    what: `the subject holds ${component}, which the plan job does not have`,
    fix: 'Give the components of this project here, without it',
  };
}

/** Where an answer is given from which one of the two roles follows. */
function placeOf(where: string): string {
  if (where === 'refs.protected_only') return 'refs.plan_protected_only';
  return where.replace('projects[0]', 'repository');
}

export function checkUnit(unit: string): Flaw | undefined {
  if (/^(ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|r-[0-9a-z]{4,32})$/.test(unit)) return undefined;
  return {
    what: `${shown(unit)} is not the ID of an organizational unit or root`,
    fix: 'Give it as aws organizations list-organizational-units-for-parent prints it, such as ou-abcd-11112222',
  };
}

/** The apply role manages roles below one path that carry the boundary of their account, and no others. */
function checkManagedRoles(
  answers: Answers,
  bootstrap: Bootstrap,
  { managedPath }: BootstrapNames,
  at: At,
): void {
  answers.roles.forEach(({ path }, index) => {
    if (path !== undefined && !path.startsWith(managedPath)) {
      at(`roles[${index}].path`)({
        what: `the pipeline may manage only roles whose path begins with ${shown(managedPath)}`,
        fix: 'Leave the path out, begin it so, or change bootstrap.managed_path',
      });
    }
  });
  for (const one of accountsOf(answers)) {
    const { account, answers: own } = one;
    const id = own.aws.account_id;
    if (id === undefined) continue;
    const boundary = account?.permissions_boundary ?? boundaryArn(own, bootstrap, id);
    own.roles.forEach(({ permissions_boundary }, index) => {
      if (permissions_boundary === undefined || permissions_boundary === boundary) return;
      at(placeInAnswers(one, `roles[${index}].permissions_boundary`))({
        what: `the pipeline may manage only roles with the boundary ${boundary}`,
        fix: 'Leave it out: every role gets that boundary',
      });
    });
  }
}
