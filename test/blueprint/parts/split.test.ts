import { describe, expect, test } from '@jest/globals';
import type { Answers, Project, Role } from '../../../src/answers/schema.ts';
import { accessDiffByAccount } from '../../../src/blueprint/access-diff/by-account.ts';
import type { Blueprint } from '../../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { displaced } from '../../../src/blueprint/parts/displaced.ts';
import { placementOf } from '../../../src/blueprint/parts/placement.ts';
import { answers, role } from '../../support/builders/answers.ts';

const project = (n: number): Project => ({ path: `acme/services/service-${n}`, id: 1000 + n });
const projects = (count: number): Project[] => Array.from({ length: count }, (_, n) => project(n));

/** The answers of a role for some projects; a trust policy of the default quota holds six of them: a statement has about 310 characters. */
const given = (
  list: readonly Project[],
  change: Partial<Role> = {},
  whole: Partial<Answers> = {},
) => answers({ roles: [role({ projects: [...list], ...change })], ...whole });

/** By project and account, the IAM role that it may assume; every one where its refs are in several. */
function rolesOf({ stacks }: Blueprint): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name = '', roles } of stacks) {
    for (const { name: own, grants } of roles) {
      for (const { path } of grants) {
        const key = `${name} ${path}`;
        found.set(key, [found.get(key), own].filter((one) => one !== undefined).join(' '));
      }
    }
  }
  return found;
}

const inOrder = (blueprint: Blueprint) => [...rolesOf(blueprint).values()];
const after = (before: Blueprint, next: Answers) => blueprintOf(next, placementOf(before));

describe('a role in several parts', () => {
  const before = blueprintOf(given(projects(13)));

  test('is filled in order the first time', () => {
    expect(inOrder(before)).toEqual([
      ...Array<string>(6).fill('deploy'),
      ...Array<string>(6).fill('deploy-2'),
      'deploy-3',
    ]);
  });

  test('keeps all others where they are when a project is put before them', () => {
    const next = after(before, given([project(99), ...projects(13)]));
    expect(rolesOf(next).get(' acme/services/service-99')).toBe('deploy-3');
    expect(inOrder(next).filter((name) => name !== 'deploy-3')).toEqual([
      ...Array<string>(6).fill('deploy'),
      ...Array<string>(6).fill('deploy-2'),
    ]);
  });

  test('keeps all others when one is removed, and its place goes to the next that is new', () => {
    const [first, second, ...others] = projects(13);
    const without = after(before, given(others));
    expect([first?.path, second?.path].map((path) => rolesOf(without).get(` ${path}`))).toEqual([
      undefined,
      undefined,
    ]);
    expect(inOrder(without)).toEqual(inOrder(before).slice(2));
    expect(rolesOf(after(without, given([...others, project(50)])))).toEqual(
      new Map([...rolesOf(without), [' acme/services/service-50', 'deploy']]),
    );
  });

  test.each([
    ['the first', 0, 6, ['deploy-2', 'deploy-3']],
    ['one between others', 6, 12, ['deploy', 'deploy-3']],
    ['the last', 12, 13, ['deploy', 'deploy-2']],
  ])('loses %s part with its last project; no other is renamed', (_, from, to, names) => {
    const remaining = projects(13).filter((_, n) => n < from || n >= to);
    const next = after(before, given(remaining));
    expect(next.stacks[0].roles.map(({ name }) => name)).toEqual(names);
    expect(next.stacks[0].roles.map(({ job }) => job)).toEqual(
      names.map((name) => `.aws-role-${name}`),
    );
    const full = after(next, given([...remaining, ...projects(60).slice(40)]));
    expect(full.stacks[0].roles.map(({ name }) => name)).toContain('deploy');
  });

  test('does not depend on the order of the answers any more', () => {
    const next = after(before, given(projects(13).reverse()));
    expect(rolesOf(next)).toEqual(new Map([...rolesOf(before)].reverse()));
    expect(accessDiffByAccount(before, next).changes).toEqual([]);
  });

  test('keeps a project that is renamed, by its id', () => {
    const list = projects(13);
    const renamed = list.map((one, n) => (n === 10 ? { ...one, path: 'acme/renamed' } : one));
    expect(inOrder(after(before, given(renamed)))).toEqual(inOrder(before));
  });

  test('moves what no longer fits and nothing else, and says so', () => {
    const longer = { branches: ['main', 'release'] };
    const next = after(before, given(projects(13), { refs: longer }));
    const moved = displaced(placementOf(before), next);
    const had = rolesOf(before);
    const has = rolesOf(next);
    const other = [...had]
      .filter(([key, name]) => has.get(key) !== name)
      .map(([key]) => key.trim());
    expect(moved.map(({ source }) => source)).toEqual(other);
    expect(other.length).toBeGreaterThan(0);
    expect(moved[0]).toMatchObject({ from: 'deploy' });
    expect(inOrder(next).filter((name) => name === 'deploy').length).toBeGreaterThan(1);
    const { changes } = accessDiffByAccount(before, next);
    expect(changes.filter(({ kind }) => kind === 'moved').map(({ text }) => text)).toContain(
      `${moved[0]?.source} (id ${moved[0]?.source.replace(/\D/g, '').padStart(4, '100')}) branch main may assume ${moved[0]?.to} in place of deploy, so the role ARN of its jobs changes: they must extend .aws-role-${moved[0]?.to}`,
    );
  });

  test('keeps the refs of a project that has become too long for one role', () => {
    const many = Array.from({ length: 40 }, (_, n) => `release/${n}-of-the-year`);
    const next = after(
      blueprintOf(given(projects(1))),
      given(projects(1), { refs: { branches: many } }),
    );
    const again = after(next, given(projects(1), { refs: { branches: [...many].reverse() } }));
    const refsOf = ({ stacks }: Blueprint) =>
      stacks[0].roles.map(({ name, grants }) => [
        name,
        grants.flatMap(({ refs }) => refs.map((ref) => ref.name)).sort(),
      ]);
    expect(next.stacks[0].roles.map(({ name }) => name)).toEqual(['deploy', 'deploy-2']);
    expect(refsOf(again)).toEqual(refsOf(next));
  });
});

describe('a role of several accounts', () => {
  const accounts = ['dev', 'stage', 'prod'].map((name, n) => ({
    name,
    id: String(n + 1).repeat(12),
  }));
  const whole = { aws: { region: 'eu-west-1' }, accounts };

  test('has the same parts in each, in one that is new too', () => {
    const before = blueprintOf(given(projects(13), {}, whole));
    const changed = after(before, given([project(99), ...projects(13).slice(3)], {}, whole));
    const added = { ...whole, accounts: [...accounts, { name: 'test', id: '444444444444' }] };
    const next = after(changed, given([project(99), ...projects(13).slice(3)], {}, added));
    expect(next.stacks.map(({ roles }) => roles.map(({ grants }) => grants))).toEqual(
      Array<unknown>(4).fill(changed.stacks[0].roles.map(({ grants }) => grants)),
    );
    expect(next.shared?.roles.every(({ isEverywhere }) => isEverywhere)).toBe(true);
  });

  test('keeps the parts that each account has, where they differ', () => {
    const own = { stage: { projects: projects(13).slice(4) } };
    const before = blueprintOf(given(projects(13), { differences: own }, whole));
    expect(
      placementOf(before)
        .roles.get('deploy')
        ?.map(({ accounts }) => accounts),
    ).toEqual([['dev', 'prod'], ['stage']]);
    const next = after(before, given([project(70), ...projects(13)], { differences: own }, whole));
    for (const [key, name] of rolesOf(before)) expect(rolesOf(next).get(key)).toBe(name);
  });

  test('was a role of one account: nothing moves', () => {
    const one = after(blueprintOf(given(projects(13))), given(projects(13).slice(2)));
    const next = after(one, given(projects(13).slice(2), {}, whole));
    expect(inOrder(next)).toEqual([...inOrder(one), ...inOrder(one), ...inOrder(one)]);
  });
});
