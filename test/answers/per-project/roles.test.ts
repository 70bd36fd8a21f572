import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkAnswers } from '../../../src/answers/check/answers.ts';
import { projectRoleName } from '../../../src/answers/per-project/name.ts';
import type { Answers, Permissions, Project, Role } from '../../../src/answers/schema.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { placementOf } from '../../../src/blueprint/parts/placement.ts';
import { roleContextsOf } from '../../../src/blueprint/policies.ts';
import { subjects } from '../../../src/gitlab/subject.ts';
import { providerArn } from '../../../src/iam/arn.ts';
import { contextOf } from '../../../src/iam/condition-keys.ts';
import { isAllowed, preparePolicy } from '../../../src/iam/evaluate/evaluate.ts';
import { answers, role } from '../../support/builders/answers.ts';
import { projectPath } from '../../support/builders/hostile.ts';
import { runs } from '../../support/tools/runs.ts';

const of = (paths: readonly string[], change: Partial<Role> = {}, whole: Partial<Answers> = {}) =>
  answers({
    roles: [
      role({
        name: 'deploy-{project}',
        per_project: true,
        projects: paths.map((path) => ({ path })),
        ...change,
      }),
    ],
    ...whole,
  });

const s3 = (...write: string[]): Permissions => ({ s3: { write } });
const secrets = (...read: string[]): Permissions => ({ secrets_manager: { read } });

describe('a role for each project', () => {
  test('has the project in its name, its tags, its description and what it may use', () => {
    const { stacks } = blueprintOf(
      of(['acme/web', 'acme/shop/api'], {
        description: 'Deploys {project_path}',
        tags: { Project: '{project_path}', Short: '{project}' },
        permissions: {
          ...s3('{project}-www'),
          inline_policies: [
            {
              name: 'queue',
              policy: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Action: 'sqs:SendMessage',
                    Resource: 'arn:aws:sqs:eu-west-1:123456789012:{project}',
                  },
                ],
              },
            },
          ],
        },
      }),
    );
    const [web, api] = stacks[0].roles;
    expect(stacks[0].roles.map(({ name }) => name)).toEqual([
      'deploy-acme-web',
      'deploy-acme-shop-api',
    ]);
    expect(api).toMatchObject({
      job: '.aws-role-deploy-acme-shop-api',
      description: 'Deploys acme/shop/api',
      tags: { Project: 'acme/shop/api', Short: 'acme-shop-api' },
    });
    const text = JSON.stringify(api?.inlinePolicies.map(({ document }) => document));
    expect(text).toContain('"arn:aws:s3:::acme-shop-api-www/*"');
    expect(text).toContain('"arn:aws:sqs:eu-west-1:123456789012:acme-shop-api"');
    expect(text).not.toContain('{project');
    expect(web?.grants.map(({ path }) => path)).toEqual(['acme/web']);
  });

  test('is in the accounts that have the project, with the differences of each', () => {
    const { stacks } = blueprintOf(
      of(
        ['acme/web', 'acme/api'],
        {
          differences: {
            prod: {
              projects: [{ path: 'acme/web' }, { path: 'acme/ops' }],
              tags: { Stage: 'prod' },
            },
          },
        },
        {
          aws: { region: 'eu-west-1' },
          accounts: ['dev', 'prod'].map((name, n) => ({ name, id: String(n + 1).repeat(12) })),
        },
      ),
    );
    expect(stacks.map(({ roles }) => roles.map(({ name }) => name))).toEqual([
      ['deploy-acme-web', 'deploy-acme-api'],
      ['deploy-acme-web', 'deploy-acme-ops'],
    ]);
    expect(stacks[1]?.roles[0]?.tags).toEqual({ Stage: 'prod' });
  });

  test('of all accounts is written once', () => {
    const { shared } = blueprintOf(
      of(
        ['acme/web', 'acme/api'],
        {},
        {
          aws: { region: 'eu-west-1' },
          accounts: ['dev', 'prod'].map((name, n) => ({ name, id: String(n + 1).repeat(12) })),
        },
      ),
    );
    expect(shared?.roles.map(({ name }) => name)).toEqual(['deploy-acme-web', 'deploy-acme-api']);
  });

  test('has a name that no other project changes', () => {
    const names = (list: readonly string[]) =>
      blueprintOf(of(list)).stacks[0].roles.map(({ name }) => name);
    const long = `acme/${'long-'.repeat(12)}name`;
    expect(names([long, 'acme/web'])).toEqual([...names([long]), 'deploy-acme-web']);
    expect(names([long])[0]).toMatch(/^deploy-acme-[long-]+-[0-9a-f]{8}$/);
    expect(names([long])[0]).toHaveLength(64);
  });

  test('keeps its parts, where one project alone needs several', () => {
    const branches = Array.from({ length: 40 }, (_, n) => `release/${n}-of-the-year`);
    const before = blueprintOf(of(['acme/web', 'acme/api'], { refs: { branches } }));
    const next = blueprintOf(
      of(['acme/web', 'acme/api'], { refs: { branches: branches.toReversed() } }),
      placementOf(before),
    );
    const parts = ({ stacks }: typeof before) =>
      new Map(
        stacks[0].roles.map(({ name, trust }) => [name, JSON.stringify(trust).length] as const),
      );
    expect([...parts(before).keys()]).toEqual([
      'deploy-acme-web',
      'deploy-acme-web-2',
      'deploy-acme-api',
      'deploy-acme-api-2',
    ]);
    expect(parts(next)).toEqual(parts(before));
  });
});

describe('is refused, with the place and the reason:', () => {
  const problems = (given: Answers) =>
    checkAnswers(given).map(({ where, what }) => `${where}: ${what}`);

  test.each([
    [
      'a group',
      of(['acme/web'], { groups: [{ path: 'acme', accept_new_projects: true }] }),
      'roles[0].groups: each project gets a role of its own, and the projects of a group are not known',
    ],
    [
      'a project with a wildcard',
      of(['acme/web', 'acme/*']),
      'roles[0].projects[1].path: each project gets a role of its own, and the projects of a group are not known',
    ],
    [
      'a name for all',
      of(['acme/web'], { name: 'deploy' }),
      'roles[0].name: "deploy" does not contain {project} once, so the roles of the projects would have one name',
    ],
    [
      'a name without room',
      of(['acme/web'], { name: `${'x'.repeat(45)}-{project}` }),
      `roles[0].name: "${'x'.repeat(45)}-{project}" leaves fewer than 20 of 64 characters for the project`,
    ],
    ['no project', of([]), 'roles[0].projects: there is no project, and so no role'],
    [
      'two projects with one name',
      of(['a-b/c', 'x/y', 'a/b-c']),
      'roles[0].projects[2]: its role deploy-a-b-c and that of "a-b/c" would differ in case or punctuation only',
    ],
    [
      'secrets of one that are those of another',
      of(['acme/app', 'acme/app-2'], { permissions: secrets('{project_path}') }),
      'roles[0].permissions: "arn:aws:secretsmanager:eu-west-1:000000000000:secret:acme/app*" of project acme/app and "arn:aws:secretsmanager:eu-west-1:000000000000:secret:acme/app-2*" of project acme/app-2 overlap',
    ],
    [
      'a bucket of one that is that of another',
      of(['acme/app', 'acme/app-logs'], { permissions: s3('{project}', '{project}-logs') }),
      'roles[0].permissions: "arn:aws:s3:::acme-app-logs" of project acme/app and "arn:aws:s3:::acme-app-logs" of project acme/app-logs overlap',
    ],
    [
      'what the bucket rules forbid, once for all projects',
      of(['acme/app_1', 'acme/app_2'], { permissions: s3('{project}') }),
      'roles[0].permissions.s3.write[0]: "acme-app_1" is not a bucket name',
    ],
    [
      'a path that GitLab does not have, at its place',
      of(['acme/web', 'acme', 'acme/api']),
      'roles[0].projects[1].path',
    ],
  ])('%s', (_, given, problem) => {
    const found = problems(given);
    expect(found).toHaveLength(1);
    expect(found[0]?.slice(0, problem.length)).toBe(problem);
  });

  test('what two roles of the answers have in common', () => {
    const given = of(['acme/web', 'acme/api']);
    const roles = [...given.roles, role({ name: 'Deploy_acme-api' })];
    expect(problems({ ...given, roles })).toEqual([
      'roles[1].name: "Deploy_acme-api" and roles[0] differ in case or punctuation only, and IAM or Terraform would take them for one',
    ]);
  });
});

/** Paths near each other: the same words with other separators, beside hostile ones. */
const nearby = fc
  .array(fc.constantFrom('a', 'b', 'ab', 'app', 'app-2', 'x.y', 'A', 'a-b', 'long-'.repeat(12)), {
    minLength: 2,
    maxLength: 4,
  })
  .map((parts) => parts.join('/').replaceAll('-/', '/').replace(/-$/, ''));
const list = fc.uniqueArray(fc.oneof(nearby, projectPath()), { minLength: 1, maxLength: 6 });

test("a project's token never gets the role of another, nor what is of another", () => {
  const permissions: Permissions = {
    ...secrets('{project_path}/'),
    inline_policies: [
      {
        name: 'table',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'dynamodb:*',
              Resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/{project_path}',
            },
          ],
        },
      },
    ],
  };
  let made = 0;
  fc.assert(
    fc.property(list, (paths) => {
      const given = of(paths, { permissions });
      // Names that would be one are refused.
      if (checkAnswers(given).length > 0) return;
      made++;
      const blueprint = blueprintOf(given);
      const roles = roleContextsOf(blueprint);
      expect(roles).toHaveLength(paths.length);
      const principal = providerArn('aws', '123456789012', blueprint.issuer.prefix);
      for (const [own, path] of paths.entries()) {
        const [sub] = subjects(['project_path', 'ref_type', 'ref'], {
          projectPath: path,
          projectId: undefined,
          ref: { type: 'branch', name: 'main' },
          protectedOnly: false,
        });
        const context = contextOf(blueprint.issuer.prefix, {
          aud: blueprint.issuer.audience,
          sub,
        });
        const admitting = roles.flatMap(({ trust }, n) =>
          isAllowed(preparePolicy(trust), { principal, context }) ? [n] : [],
        );
        expect(admitting).toEqual([own]);
      }
      const resources = blueprint.stacks[0].roles.map(({ inlinePolicies }) =>
        inlinePolicies.flatMap(({ document }) =>
          [...JSON.stringify(document).matchAll(/"(arn:[^"]*)"/g)].map(([, arn = '']) => arn),
        ),
      );
      resources.forEach((one, n) => {
        for (const other of resources.toSpliced(n, 1).flat()) {
          for (const arn of one) {
            const [start, end] = [arn, other].map((text) => text.replace(/\*$/, ''));
            expect(arn.endsWith('*') && end?.startsWith(start ?? '')).toBe(false);
            expect(arn).not.toBe(other);
          }
        }
      });
    }),
    { numRuns: runs(150) },
  );
  expect(made).toBeGreaterThan(20);
});

test('every path gives a valid name, and the same every time', () => {
  fc.assert(
    fc.property(fc.oneof(nearby, projectPath()), (path) => {
      const name = projectRoleName('deploy-{project}', path);
      expect(name).toMatch(/^deploy-[A-Za-z0-9_.-]{1,57}$/);
      expect(projectRoleName('deploy-{project}', path)).toBe(name);
    }),
    { numRuns: runs(500) },
  );
});

test('a project without an id elsewhere in the answers gets that id in its own role', () => {
  const projects: Project[] = [{ path: 'acme/web' }];
  const given = of(['acme/web'], { projects });
  const roles = [...given.roles, role({ name: 'other', projects: [{ path: 'acme/web', id: 7 }] })];
  const { stacks } = blueprintOf({ ...given, roles });
  expect(stacks[0].roles[0]?.grants[0]).toMatchObject({ id: 7, idPinned: true });
});
