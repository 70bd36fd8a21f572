import { ProblemError } from '../text/problem.ts';
import type { Blueprint, Stack } from './blueprint.ts';

const DEFAULT_PREFIX = 'aws';

/** First word of the hidden jobs. */
export function jobPrefixOf(prefix: string | undefined): string {
  return prefix ?? DEFAULT_PREFIX;
}

/** The hidden job in which every sign-in happens. */
export function signInJob({ ci }: Pick<Blueprint, 'ci'>): string {
  return `.${ci.jobPrefix}-sign-in`;
}

/** The hidden CI job that application jobs extend to assume a role. */
export function jobOfRole(
  prefix: string | undefined,
  account: string | undefined,
  role: string,
): string {
  return `.${jobPrefixOf(prefix)}-${account ?? 'role'}-${role}`;
}

/** What the jobs of all accounts in a region have in common; only where accounts have names. */
export function regionJob({ ci }: Pick<Blueprint, 'ci'>, region: string): string {
  return `.${ci.jobPrefix}-region-${region}`;
}

/**
 * Names of accounts and roles contain hyphens, so two jobs could have one name, and GitLab would take the last.
 *
 * @throws {ProblemError} where they do
 */
export function refuseEqualJobs(blueprint: Blueprint): void {
  const seen = new Map([[signInJob(blueprint), 'the job that signs in']]);
  for (const { name, aws } of blueprint.stacks) {
    if (name === undefined) continue;
    seen.set(regionJob(blueprint, aws.region), `what jobs in ${aws.region} share`);
  }
  const problems = blueprint.stacks.flatMap((stack) => {
    const inAccount = stack.name === undefined ? '' : ` in ${stack.name}`;
    const jobs = stack.roles.map(({ job, name }) => [job, `role ${name}${inAccount}`] as const);
    return jobs.flatMap(([name, what]) => {
      const earlier = seen.get(name);
      seen.set(name, what);
      if (earlier === undefined) return [];
      return [
        {
          where: 'accounts',
          what: `${earlier} and ${what} would both be the CI job ${name}`,
          fix: 'Give the account or the role another name',
        },
      ];
    });
  });
  if (problems.length > 0) throw new ProblemError(problems);
}

/** So many CI/CD variables are named in a sentence. */
const NAMED = 3;

/** Where the account ID is not known, application projects set it as this CI/CD variable. */
export function accountVariable({ name }: Pick<Stack, 'name'>): string {
  return name === undefined
    ? 'AWS_ACCOUNT_ID'
    : `AWS_ACCOUNT_ID_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** The first of the CI/CD variables that people must set. */
export function accountVariables(stacks: readonly Stack[]): string[] {
  const open = stacks.filter(({ aws }) => aws.accountId === undefined);
  return open.slice(0, NAMED).map(accountVariable);
}
