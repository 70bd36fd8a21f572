import jobsYml from '../../../templates/gitlab-ci/account-jobs.yml.hbs';
import childYml from '../../../templates/gitlab-ci/ci/accounts.gitlab-ci.yml.hbs';
import type { Blueprint, Stack } from '../../blueprint/blueprint.ts';
import { MARKS } from '../../blueprint/bootstrap/marks.ts';
import { accountVariable, signInJob } from '../../blueprint/jobs.ts';
import { ciLiteral, yaml } from '../escape/gitlab-ci.ts';
import { generatorJob, lintsPlan } from '../generator-job.ts';
import { planAccess } from '../plan-access.ts';
import { Rendered } from '../template/template.ts';

/** @see https://docs.gitlab.com/ci/yaml/#parallelmatrix */
const MOST_IN_MATRIX = 200;

/** A part of the pipeline that GitLab runs as a pipeline of its own. */
interface ChildPipeline {
  readonly name: string;
  readonly stage: string;
  readonly file: string;
}

/** How this repository's pipeline plans and applies each account. */
export interface AccountPipeline {
  readonly stages: readonly string[];
  /** The jobs themselves, where one pipeline can hold them. */
  readonly jobs?: Rendered;
  readonly children?: readonly ChildPipeline[];
  /** When there is something to plan, as an expression of `rules`. */
  readonly planRule: Rendered;
  /** The files of the children. */
  readonly files: readonly [path: string, text: string][];
}

/** Accounts that are applied at the same time, and the name of that stage. */
interface AppliedTogether {
  readonly stage: string;
  readonly stacks: readonly Stack[];
}

/** Plans and applies as jobs over a matrix; above its limit, as child pipelines. */
export function accountPipeline(blueprint: Blueprint): AccountPipeline {
  const promotions = promotionsOf(blueprint);
  const { planRule } = rolesOf(blueprint);
  if (!hasChildPipelines(blueprint)) {
    return {
      stages: stagesOf(blueprint, promotions),
      jobs: jobsOf(blueprint, promotions, 'CI_PIPELINE_SOURCE'),
      planRule,
      files: [],
    };
  }
  const parts = promotions.flatMap((promotion) =>
    inParts(promotion.stacks).map((stacks) => ({ stage: promotion.stage, stacks })),
  );
  const children = parts.map(({ stage, stacks }, index) => {
    const name = `accounts-${index + 1}`;
    const apply = [{ stage: 'apply', stacks }];
    const text = childYml({
      names: [...new Set([stacks[0]?.name, stacks.at(-1)?.name])],
      stages: stagesOf(blueprint, apply),
      generator: lintsPlan(blueprint) && generatorJob(blueprint),
      jobs: jobsOf(blueprint, apply, 'PARENT_PIPELINE_SOURCE'),
    });
    return { name, stage, file: `ci/${name}.gitlab-ci.yml`, text };
  });
  return {
    stages: promotions.map(({ stage }) => stage),
    children,
    planRule,
    files: children.map(({ file, text }) => [file, text]),
  };
}

/** Whether there are more accounts than one pipeline can hold. */
export function hasChildPipelines(blueprint: Blueprint): boolean {
  const planned = promotionsOf(blueprint).flatMap(({ stacks }) => stacks);
  return planned.length > MOST_IN_MATRIX;
}

/** Only a state that other machines can reach lets a pipeline plan. */
function promotionsOf({ ci, stacks }: Blueprint): AppliedTogether[] {
  const remote = stacks.filter(({ state }) => state.backend !== 'local');
  const byName = new Map(remote.map((stack) => [stack.name, stack]));
  const promotions = ci.promotion.map(({ stage, accounts }) => ({
    stage,
    stacks: accounts.flatMap((name) => byName.get(name) ?? []),
  }));
  return promotions.filter((promotion) => promotion.stacks.length > 0);
}

function stagesOf(blueprint: Blueprint, promotions: readonly AppliedTogether[]): string[] {
  const lint = lintsPlan(blueprint) ? ['lint'] : [];
  const summary = planAccess(blueprint) === undefined ? [] : ['summary'];
  return ['plan', ...lint, ...summary, ...promotions.map(({ stage }) => stage)];
}

function inParts(stacks: readonly Stack[]): Stack[][] {
  const parts: Stack[][] = [];
  for (let at = 0; at < stacks.length; at += MOST_IN_MATRIX) {
    parts.push(stacks.slice(at, at + MOST_IN_MATRIX));
  }
  return parts;
}

/**
 * The roles of the pipeline in an account, and when its jobs run. With a bootstrap both roles are known, and a fork, whose
 * tokens they do not admit, has no such job. Otherwise CI/CD variables name them.
 */
function rolesOf({ bootstrap, repository = '', stacks }: Blueprint) {
  if (bootstrap) {
    const project = `$CI_PROJECT_PATH == ${JSON.stringify(repository)}`;
    const arn = (text: string) => text.split(MARKS.account).map(ciLiteral).join('${ACCOUNT_ID}');
    return {
      planRole: new Rendered(yaml(arn(bootstrap.plan.arn))),
      applyRole: new Rendered(yaml(arn(bootstrap.apply.arn))),
      planRule: new Rendered(project),
      applyRule: new Rendered(project),
      bootstrapped: true,
    };
  }
  const partition = commonPartition(stacks) ?? '${AWS_PARTITION}';
  const arn = (variable: string) =>
    new Rendered(`arn:${partition}:iam::\${ACCOUNT_ID}:role/\${${variable}}`);
  return {
    planRole: arn('OIDC_PLAN_ROLE'),
    applyRole: arn('OIDC_APPLY_ROLE'),
    planRule: new Rendered('$OIDC_PLAN_ROLE'),
    applyRule: new Rendered('$OIDC_PLAN_ROLE && $OIDC_APPLY_ROLE'),
    bootstrapped: false,
  };
}

function commonPartition(stacks: Blueprint['stacks']): string | undefined {
  const [{ aws }] = stacks;
  return stacks.every((stack) => stack.aws.partition === aws.partition) ? aws.partition : undefined;
}

/** @param source the variable that says what started the pipeline */
function jobsOf(
  blueprint: Blueprint,
  promotions: readonly AppliedTogether[],
  source: 'CI_PIPELINE_SOURCE' | 'PARENT_PIPELINE_SOURCE',
): Rendered {
  const { ci, issuer, stacks } = blueprint;
  const [{ aws }] = stacks;
  // What is the same everywhere stands there once; all accounts count, so that children are alike.
  const region = stacks.every((stack) => stack.aws.region === aws.region) && aws.region;
  const partition = commonPartition(stacks);
  const entry = (stack: Stack) => ({
    name: stack.name,
    id: stack.aws.accountId ?? `$${accountVariable(stack)}`,
    region: !region && stack.aws.region,
    partition: partition === undefined && stack.aws.partition,
  });
  // Where all accounts are applied at the same time, plan and apply have one matrix.
  const sharedMatrix = promotions.length === 1;
  const jobs = jobsYml({
    signIn: signInJob(blueprint),
    source,
    region,
    ...rolesOf(blueprint),
    lintPlan: lintsPlan(blueprint),
    issuer: issuer.url,
    webIdentity: ci.credentials === 'web-identity',
    http: stacks.some(({ state }) => state.backend === 'gitlab'),
    planAccess: planAccess(blueprint),
    sharedMatrix,
    accounts: promotions.flatMap((one) => one.stacks.map(entry)),
    applies: promotions.map((one) => ({
      stage: one.stage,
      matrix: !sharedMatrix && one.stacks.map(entry),
    })),
  });
  return new Rendered(jobs.trimEnd());
}
