import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answers, Project } from '../../src/answers/schema.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { providerArn } from '../../src/iam/arn.ts';
import { trustPolicyLength } from '../../src/iam/trust-policy.ts';
import { placementOfLock } from '../../src/repository/earlier.ts';
import { lockText, readLock } from '../../src/repository/lock.ts';
import { ProblemError } from '../../src/text/problem.ts';
import { answers, role } from '../support/builders/answers.ts';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { run } from '../support/tools/program.ts';
import { runs } from '../support/tools/runs.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const LOCK = 'gitlab-aws-oidc.lock.json';
const IN_SYNC = 'Nothing to change: everything is as gitlab-aws-oidc.yaml says.\n';

const projects = (count: number): Project[] =>
  Array.from({ length: count }, (_, n) => ({ path: `acme/service-${n}`, id: 1000 + n }));

const given = (list: readonly Project[], whole: Partial<Answers> = {}): Answers =>
  answers({ roles: [role({ projects: [...list] })], ...whole });

const SEVERAL: Partial<Answers> = {
  aws: { region: 'eu-west-1' },
  accounts: [
    { name: 'dev', id: '1'.repeat(12) },
    { name: 'prod', id: '2'.repeat(12), quotas: { trust_policy: 4096 } },
  ],
};

/** By account and project, the IAM role that it may assume. */
function rolesOf({ stacks }: Blueprint): Map<string, string> {
  return new Map(
    stacks.flatMap(({ name = '', roles }) =>
      roles.flatMap((one) => one.grants.map(({ path }) => [`${name} ${path}`, one.name] as const)),
    ),
  );
}

/** What the next generation makes of answers, knowing the lock file of the last one and nothing else. */
function next(last: Answers, before: Blueprint, now: Answers): Blueprint {
  const lock = readLock(lockText(last, before, new Map()), LOCK);
  return blueprintOf(now, placementOfLock(lock, now));
}

function expectWithinQuota({ stacks, issuer }: Blueprint): void {
  for (const { roles, aws, trustPolicyQuota } of stacks) {
    const arn = providerArn(aws.partition, '000000000000', issuer.prefix);
    for (const { trust } of roles)
      expect(trustPolicyLength(trust, arn)).toBeLessThanOrEqual(trustPolicyQuota);
  }
}

/** With `RUNS=25`, a thousand steps; each removes and adds up to three projects anywhere in the list. */
test('removing and adding projects never changes the role of another', () => {
  const step = fc.record({
    remove: fc.array(fc.nat(), { maxLength: 3 }),
    add: fc.array(fc.record({ at: fc.nat(), length: fc.integer({ min: 1, max: 3 }) }), {
      maxLength: 3,
    }),
    isReversed: fc.boolean(),
  });
  const steps = fc.array(step, { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(fc.boolean(), steps, (isSeveral, all) => {
      const whole = isSeveral ? SEVERAL : {};
      let id = 2000;
      let last = given(projects(18), whole);
      let before = blueprintOf(last);
      for (const { remove, add, isReversed } of all) {
        let list = last.roles[0]?.projects ?? [];
        for (const at of remove) list = list.filter((_, n) => n !== at % list.length);
        for (const { at, length } of add) {
          const path = `acme/${'long-name-'.repeat(length)}${id}`;
          list = list.toSpliced(at % (list.length + 1), 0, { path, id: id++ });
        }
        const answersNow = given(isReversed ? list.toReversed() : list, whole);
        const now = next(last, before, answersNow);
        const had = rolesOf(before);
        for (const [key, name] of rolesOf(now)) expect(had.get(key) ?? name).toBe(name);
        expect(rolesOf(now).size).toBe(list.length * now.stacks.length);
        expectWithinQuota(now);
        [last, before] = [answersNow, now];
      }
    }),
    { numRuns: runs(5) },
  );
});

describe('the lock file', () => {
  test('remembers the parts of a role that has several, and of no other', () => {
    const one = given(projects(3));
    expect(lockText(one, blueprintOf(one), new Map())).not.toContain('"parts"');
    const many = given(projects(8));
    expect(JSON.parse(lockText(many, blueprintOf(many), new Map()))).toMatchObject({
      parts: [
        {
          role: 'deploy',
          parts: {
            1: projects(6).map(({ path }) => path),
            2: ['acme/service-6', 'acme/service-7'],
          },
        },
      ],
    });
  });

  test('of an earlier version has none: the parts are those that its answers gave', () => {
    const last = given(projects(13));
    const { parts, ...earlier } = JSON.parse(lockText(last, blueprintOf(last), new Map())) as {
      parts: unknown;
    };
    expect(parts).toBeDefined();
    const now = given(projects(13).slice(2));
    const lock = readLock(JSON.stringify(earlier), LOCK);
    const has = rolesOf(blueprintOf(now, placementOfLock(lock, now)));
    const had = rolesOf(blueprintOf(last));
    for (const [key, name] of has) expect(had.get(key)).toBe(name);
  });

  test.each([
    { parts: {} },
    { parts: [{ role: 'deploy' }] },
    { parts: [{ role: 'deploy', parts: { 0: [] } }] },
    { parts: [{ role: 'deploy', parts: { '1.5': [] } }] },
    { parts: [{ role: 'deploy', parts: { 5001: [] } }] },
    { parts: [{ role: 'deploy', parts: { '-1': [] } }] },
    { parts: [{ role: 'deploy', parts: { 1: ['acme/a', 7] } }] },
    { parts: [{ role: 'deploy', parts: {}, permissions: { accept_administrator: true } }] },
  ])('is refused with $parts', (change) => {
    const text = JSON.stringify({ lock: 1, generator: '1', files: {}, answers: {}, ...change });
    expect(() => readLock(text, LOCK)).toThrow('it does not say what was generated last');
  });

  test('decides nothing but the part, whatever is written in it', () => {
    const names = projects(14).map(({ path }) => path);
    const key = fc.oneof(
      fc.constantFrom(...names, 'acme/*', 'acme/service-1 branch main', '__proto__', ''),
      fc.string({ maxLength: 6 }),
    );
    const part = fc.tuple(fc.integer({ min: 1, max: 5000 }).map(String), fc.array(key));
    const parts = fc.array(
      fc.record({
        role: fc.constantFrom('deploy', 'deploy-2', 'other', '__proto__', 'constructor'),
        parts: fc.array(part, { maxLength: 4 }).map((all) => Object.fromEntries(all)),
      }),
      { maxLength: 3 },
    );
    const mayAssume = ({ stacks }: Blueprint) =>
      stacks[0].roles
        .flatMap(({ partOf, entries, managedPolicies, inlinePolicies, path, sessionDuration }) =>
          entries.map(({ subject, pins }) =>
            JSON.stringify([
              partOf,
              subject,
              pins,
              managedPolicies.map(({ arn }) => arn),
              inlinePolicies.map(({ document }) => document),
              path,
              sessionDuration,
            ]),
          ),
        )
        .sort();
    const now = answers({
      roles: [
        role({ projects: projects(14), permissions: { s3: { read: ['my-bucket'] } } }),
        role({ name: 'other', permissions: { managed_policies: ['ReadOnlyAccess'] } }),
      ],
    });
    const plain = blueprintOf(now);
    fc.assert(
      fc.property(parts, (hostile) => {
        const text = JSON.stringify({
          lock: 1,
          generator: '1',
          files: {},
          answers: now,
          parts: hostile,
        });
        const placed = blueprintOf(now, placementOfLock(readLock(text, LOCK), now));
        expect(mayAssume(placed)).toEqual(mayAssume(plain));
        expectWithinQuota(placed);
      }),
      { numRuns: runs(30) },
    );
  });

  test('with as many parts as there may be roles does not make more than that', () => {
    const list = projects(13);
    const now = given(list, { aws: { region: 'eu-west-1', quotas: { roles: 3 } } });
    const alone = Object.fromEntries(list.map(({ path }, n) => [n + 1, [path]]));
    const lock = { lock: 1, generator: '1', files: {}, answers: now };
    const text = JSON.stringify({ ...lock, parts: [{ role: 'deploy', parts: alone }] });
    expect(() => blueprintOf(now, placementOfLock(readLock(text, LOCK), now))).toThrow(
      ProblemError,
    );
  });
});

describe('an update', () => {
  const FIRST =
    '      - path: acme/services/accounts\n        id: 2000\n        namespace_id: 310\n';
  const hcl = (repository: GeneratedRepository) => repository.read('terraform/roles.tf');

  test('leaves every project but the removed one where it is, and remembers it', async () => {
    const repository = GeneratedRepository.of('many-projects', scratchFolder());
    const before = hcl(repository);
    repository.edit('gitlab-aws-oidc.yaml', FIRST, '');
    const { stdout, exitCode } = await repository.update();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/What changes in access\n.* acme\/services\/accounts [^\n]*\n\nFiles/);
    const roles = (text: string) => text.split(/^resource "aws_iam_role" /m);
    const changed = roles(before).flatMap((text, n) =>
      text === roles(hcl(repository))[n] ? [] : [n],
    );
    expect(changed).toHaveLength(1);
    expect(await repository.update()).toMatchObject({ exitCode: 0, stdout: IN_SYNC });
    const lint = await run(['lint', '.', '--fail-on', 'error'], repository.folder);
    expect(lint.stdout + lint.stderr).not.toContain('is not as');
  });

  test('says what a lock file puts where there is no room, and moves that alone', async () => {
    const repository = GeneratedRepository.of('many-projects', scratchFolder());
    repository.edit(
      LOCK,
      '"acme/services/delivery"\n',
      '"acme/services/delivery",\n          "acme/services/search"\n',
    );
    const { stdout, exitCode } = await repository.update();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'acme/services/search no longer fits in role acme-push-images, whose trust policy would exceed',
    );
    expect(repository.read('terraform/roles.tf')).toBe(
      GeneratedRepository.of('many-projects', scratchFolder()).read('terraform/roles.tf'),
    );
  });
});
