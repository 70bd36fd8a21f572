import fc from 'fast-check';
import type { Answers, Role } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { ProblemError } from '../../../src/text/problem.ts';
import { answers, role, SELF_MANAGED } from './answers.ts';

const NAMES = ['dev', 'stage', 'prod', 'lab'];
const some = <T>(of: readonly T[], minLength = 0) => fc.shuffledSubarray([...of], { minLength });
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const refs = fc
  .record({
    branches: some(['main', 'next', 'release/*', '${x}', '*'], 1),
    tags: some(['v*', 'v1']),
    isProtected: fc.boolean(),
  })
  .map(({ branches, tags, isProtected }) => ({
    branches,
    ...(tags.length > 0 && { tags }),
    ...(isProtected && { protected_only: true }),
  }));

const permissions = fc
  .record({
    read: some(['bucket-a', 'bucket-b']),
    managed: some(['ReadOnlyAccess', 'job-function/ViewOnlyAccess']),
    secrets: fc.boolean(),
  })
  .map(({ read, managed, secrets }): Role['permissions'] => ({
    ...(read.length > 0 && { s3: { read } }),
    ...(managed.length > 0 && { managed_policies: managed }),
    ...(secrets && { secrets_manager: { describe: ['shop/'] } }),
  }));

const projects = some(
  [{ path: 'acme/web', id: 20 }, { path: 'acme/api' }, { path: 'acme/team/tool', id: 22 }],
  1,
);

const roleOf = (name: string, accounts: readonly string[]): fc.Arbitrary<Role> =>
  fc
    .record({
      refs,
      permissions,
      projects,
      in: some(accounts, 1),
      differing: some(accounts),
      difference: fc.record({ refs, permissions }),
      boundary: maybe(fc.constant('arn:aws:iam::aws:policy/PowerUserAccess')),
      hours: maybe(fc.constantFrom(3600, 7200)),
    })
    .map(({ in: own, differing, difference, boundary, hours, ...rest }) => {
      const differences = Object.fromEntries(
        differing.filter((one) => own.includes(one)).map((one) => [one, difference]),
      );
      return role({
        name,
        ...rest,
        ...(own.length < accounts.length && { accounts: own }),
        ...(Object.keys(differences).length > 0 && { differences }),
        ...(boundary !== undefined && { permissions_boundary: boundary }),
        ...(hours !== undefined && { session_duration: hours }),
      });
    });

/** Answers for one to four accounts, which have roles in common, of their own, and with differences. */
export function answersOfAccounts(): fc.Arbitrary<Answers> {
  return some(NAMES, 1)
    .chain((names) =>
      fc.record({
        isGitlabCom: fc.boolean(),
        accounts: fc.tuple(
          ...names.map((name) =>
            fc.record({
              name: fc.constant(name),
              isKnown: fc.boolean(),
              isExisting: fc.boolean(),
              region: maybe(fc.constantFrom('eu-central-1', 'us-east-1')),
              isTagged: fc.boolean(),
            }),
          ),
        ),
        roles: fc.tuple(...['deploy', 'plan', 'read'].map((name) => roleOf(name, names))),
        count: fc.integer({ min: 1, max: 3 }),
      }),
    )
    .map(({ isGitlabCom, accounts, roles, count }) =>
      answers({
        gitlab: isGitlabCom ? { url: 'https://gitlab.com' } : SELF_MANAGED,
        aws: { region: 'eu-west-1', quotas: { trust_policy: 4096 } },
        accounts: accounts.map(({ name, isKnown, isExisting, region, isTagged }) => ({
          name,
          ...(isKnown && { id: String(NAMES.indexOf(name) + 1).repeat(12) }),
          ...(isExisting && { provider: { mode: 'existing' as const } }),
          ...(region !== undefined && { region }),
          ...(isTagged && { tags: { Stage: name } }),
        })),
        roles: roles.slice(0, count).map((one) => (isGitlabCom ? one : withoutProtection(one))),
      }),
    )
    .filter(hasBlueprint);
}

/** Elsewhere a subject without `ref_protected` cannot say that a ref is protected, nor a path that an id belongs to it. */
function withoutProtection(one: Role): Role {
  const of = ({ protected_only: _, ...rest }: Role['refs']) => rest;
  return {
    ...one,
    refs: of(one.refs),
    projects: (one.projects ?? []).map(({ path }) => ({ path })),
    ...(one.differences && {
      differences: Object.fromEntries(
        Object.entries(one.differences).map(([name, difference]) => [
          name,
          { ...difference, ...(difference.refs && { refs: of(difference.refs) }) },
        ]),
      ),
    }),
  };
}

function hasBlueprint(candidate: Answers): boolean {
  try {
    blueprintOf(candidate);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}
