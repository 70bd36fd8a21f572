import jobsYml from '../../../templates/gitlab-ci/account-jobs.yml.hbs';
import childYml from '../../../templates/gitlab-ci/ci/accounts.gitlab-ci.yml.hbs';
import type { Blueprint, Stack } from '../../blueprint/blueprint.ts';
import { accountVariable, signInJob } from '../../blueprint/jobs.ts';
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
  if (promotions.reduce((sum, { stacks }) => sum + stacks.length, 0) <= MOST_IN_MATRIX) {
    return {
      stages: stagesOf(blueprint, promotions),
      jobs: jobsOf(blueprint, promotions),
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
      names: [stacks[0]?.name, stacks.at(-1)?.name],
      stages: stagesOf(blueprint, apply),
      jobs: jobsOf(blueprint, apply),
    });
    return { name, stage, file: `ci/${name}.gitlab-ci.yml`, text };
  });
  return {
    stages: promotions.map(({ stage }) => stage),
    children,
    files: children.map(({ file, text }) => [file, text]),
  };
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
  const summary = planAccess(blueprint) === undefined ? [] : ['summary'];
  return ['plan', ...summary, ...promotions.map(({ stage }) => stage)];
}

function inParts(stacks: readonly Stack[]): Stack[][] {
  const parts: Stack[][] = [];
  for (let at = 0; at < stacks.length; at += MOST_IN_MATRIX) {
    parts.push(stacks.slice(at, at + MOST_IN_MATRIX));
  }
  return parts;
}

function jobsOf(blueprint: Blueprint, promotions: readonly AppliedTogether[]): Rendered {
  const { ci, stacks } = blueprint;
  const [{ aws }] = stacks;
  // What is the same everywhere stands there once; all accounts count, so that children are alike.
  const region = stacks.every((stack) => stack.aws.region === aws.region) && aws.region;
  const partition = stacks.every((stack) => stack.aws.partition === aws.partition) && aws.partition;
  const entry = (stack: Stack) => ({
    name: stack.name,
    id: stack.aws.accountId ?? `$${accountVariable(stack)}`,
    region: !region && stack.aws.region,
    partition: !partition && stack.aws.partition,
  });
  // Where all accounts are applied at the same time, plan and apply have one matrix.
  const sharedMatrix = promotions.length === 1;
  const jobs = jobsYml({
    signIn: signInJob(blueprint),
    region,
    partition,
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
