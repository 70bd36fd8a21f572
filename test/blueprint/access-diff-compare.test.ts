import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Inventory } from '../../src/access/role-context.ts';
import type { Answers, Organization, Role } from '../../src/answers/schema.ts';
import { readInventory } from '../../src/aws/inputs/read-inputs.ts';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import { accessDiffByAccount } from '../../src/blueprint/access-diff/by-account.ts';
import type { AccessChange } from '../../src/blueprint/access-diff/change.ts';
import type { Blueprint } from '../../src/blueprint/blueprint.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { compareInventories } from '../../src/compare/compare-inventories.ts';
import { RCP_FILE } from '../../src/blueprint/organization/guard.ts';
import { renderGenerated } from '../../src/repository/render.ts';
import { controlOf } from '../access/near-controls.ts';
import { answers, role, SELF_MANAGED } from '../support/builders/answers.ts';
import { nearbyAnswers } from '../support/builders/answers-nearby.ts';
import { runs } from '../support/tools/runs.ts';

/** What `compare` reads from the HCL, and the RCP, that are written for a blueprint. */
function inventoryOf(blueprint: Blueprint): Inventory {
  const files = renderGenerated(blueprint);
  const hcl = [...files].filter(([path]) => path.endsWith('.tf'));
  const inventory = readInventory(hcl.map(([file, text]) => ({ file, text, isFound: true })));
  const guard = files.get(RCP_FILE);
  if (guard === undefined) return inventory;
  const controls = [controlOf(JSON.parse(guard))];
  return { ...inventory, roles: inventory.roles.map((one) => ({ ...one, controls })) };
}

/** Whether a change is about a role, under its earlier or its later name. */
function isAbout({ role: named, text }: AccessChange, name: string): boolean {
  return named === undefined || named === name || text.split(/[\s:,;]+/).includes(name);
}

const GAINS = ['gained', 'changed', 'moved', 'role-replaced'];
const LOSES = ['lost', 'changed', 'moved', 'role-replaced'];

/** What the access diff and `compare` of the rendered policies say of each role, where they disagree. */
function disagreements(one: Answers, other: Answers) {
  const [before, after] = [blueprintOf(one), blueprintOf(other)];
  const { changes } = accessDiffByAccount(before, after);
  const issuers = [before.issuer.prefix, after.issuer.prefix];
  const { roles } = compareInventories(inventoryOf(before), inventoryOf(after), issuers);
  return roles.flatMap(({ key, gains, loses, reasons }) => {
    const about = changes.filter((change) => isAbout(change, key.name));
    // A change that names no project or group is about permissions, or about all roles.
    const own = about.filter(
      ({ role: named, sources }) => named === key.name && sources.length > 0,
    );
    const says = (kinds: readonly string[]) => about.some(({ kind }) => kinds.includes(kind));
    const claims = (kind: string) => own.some((change) => change.kind === kind);
    const agrees =
      (gains === 'yes' ? says(GAINS) : !claims('gained')) &&
      (loses === 'yes' ? says(LOSES) : !claims('lost')) &&
      gains !== 'undetermined' &&
      loses !== 'undetermined';
    return agrees ? [] : [{ role: key.name, gains, loses, reasons, about }];
  });
}

function guarded(given: Answers, organization: Organization | undefined): Answers {
  return organization ? { ...given, organization } : given;
}

describe('the access diff and compare of the rendered policies', () => {
  test('never disagree about who gains and who loses', () => {
    fc.assert(
      fc.property(nearbyAnswers(), ([one, other]) => {
        expect(disagreements(one, other)).toEqual([]);
      }),
      { numRuns: runs(30) },
    );
  });

  const guards: fc.Arbitrary<Organization | undefined> = fc.constantFrom(
    undefined,
    { groups: [{ path: 'acme' }] },
    { groups: [{ path: 'acme', project_ids: [20] }] },
    { groups: [{ path: 'acme', namespace_id: 77 }] },
    { groups: [{ path: 'acme/team' }, { path: 'other' }] },
    { groups: [{ path: 'acme' }, { path: 'other', namespace_id: 78 }] },
  );

  test('never disagree under the RCPs that the answers have before and after', () => {
    fc.assert(
      fc.property(nearbyAnswers(), guards, guards, fc.boolean(), ([one, other], had, has, kept) => {
        const [before, after] = [guarded(one, had), guarded(other, kept ? had : has)];
        // Where a bound is hit, compare says so, and claims nothing. Of a new name, nobody loses anything for it.
        const isClaim = ({ reasons, loses, about }: ReturnType<typeof disagreements>[number]) =>
          !reasons.some(({ kind }) => kind === 'too-many') &&
          !(loses === 'no' && about.some(({ kind }) => kind === 'role-replaced'));
        expect(disagreements(before, after).filter(isClaim)).toEqual([]);
      }),
      { numRuns: runs(30) },
    );
  });

  const groups = [{ path: 'acme', accept_new_projects: true as const }];
  const projects = [{ path: 'acme/web' }];

  test.each([
    ['a project that its group admits', { projects, groups }, { groups, projects: [] }],
    [
      'patterns that come to the same together',
      { refs: { branches: ['*'] } },
      { refs: { branches: ['*', 'release/*'] } },
    ],
    ['an id', { projects }, { projects: [{ path: 'acme/web', id: 20 }] }],
    ['a name', { name: 'deploy' }, { name: 'ship' }],
  ])('agree about %s', (_, before, after) => {
    const [one, other] = [before, after].map((given) => answers({ roles: [role(given)] }));
    expect(one && other && disagreements(one, other)).toEqual([]);
    expect(one && other && disagreements(other, one)).toEqual([]);
  });

  test('agree about another issuer', () => {
    const [one, other] = [answers({}), answers({ gitlab: SELF_MANAGED })];
    expect(disagreements(one, other)).toEqual([]);
  });

  test('agree about an issuer whose tokens have no namespace_id, under an RCP that admits a group by it', () => {
    const groups = [{ path: 'acme', namespace_id: 77 }];
    const roles = [role({ projects: [{ path: 'acme/web' }] })];
    const [one, other] = [
      answers({ roles: [role({ projects: [{ path: 'acme/web', id: 20 }] })] }),
      answers({ roles, gitlab: SELF_MANAGED }),
    ];
    for (const had of [undefined, { groups }]) {
      expect(disagreements(guarded(one, had), guarded(other, { groups }))).toEqual([]);
      expect(disagreements(guarded(other, { groups }), guarded(one, had))).toEqual([]);
    }
  });
});

test('a project that is no longer listed, and that its group admits, loses nothing, and the access diff says so', () => {
  const groups = [{ path: 'acme', accept_new_projects: true as const }];
  const projects = [{ path: 'acme/web' }, { path: 'acme/api' }];
  const [before, after] = [projects, projects.slice(1)].map((some) =>
    blueprintOf(answers({ roles: [role({ projects: some, groups })] })),
  );
  expect(before && after && accessDiff(before, after).changes).toEqual([
    {
      kind: 'unchanged',
      role: 'deploy',
      sources: ['acme/web'],
      text: 'acme/web branch main is no longer listed for deploy, which changes nothing: all projects in acme may',
    },
  ]);
});

test('a limit that a group makes up for changes nothing, and the access diff says so', () => {
  const groups = [{ path: 'acme', accept_new_projects: true as const }];
  const [before, after] = [20, 21].map((id) =>
    blueprintOf(answers({ roles: [role({ projects: [{ path: 'acme/web', id }], groups })] })),
  );
  expect(
    before && after && accessDiff(before, after).changes.map(({ kind, text }) => [kind, text]),
  ).toEqual([
    [
      'unchanged',
      'acme/web (id 21) branch main may assume deploy: now the project with id 21, no longer the one with id 20; which changes nothing, since other entries admit the same jobs',
    ],
  ]);
});

describe('under an RCP that admits a group by its ID', () => {
  const organization: Organization = { groups: [{ path: 'acme', namespace_id: 77 }] };
  const under = (change: Partial<Role>) =>
    blueprintOf(answers({ organization, roles: [role(change)] }));

  test('a condition that the RCP has as well changes nothing, and the access diff says so', () => {
    const pinned = { projects: [{ path: 'acme/web', namespace_id: 77 }] };
    for (const [before, after, words] of [
      [under({}), under(pinned), 'now namespace_id 77'],
      [under(pinned), under({}), 'no longer namespace_id 77'],
    ] as const) {
      expect(accessDiff(before, after).changes).toEqual([
        {
          kind: 'unchanged',
          role: 'deploy',
          sources: ['acme/web'],
          text: `acme/web branch main may assume deploy: ${words}; which changes nothing, since the resource control policy denies the other jobs`,
        },
      ]);
    }
  });

  test('the token of a branch that is new is one that the RCP admits', () => {
    const [change] = accessDiff(under({}), under({ refs: { branches: ['main', 'dev'] } })).changes;
    expect(change).toMatchObject({
      kind: 'gained',
      witness: { claims: { ref: 'dev', namespace_id: '77' } },
    });
  });

  test('a project whose subject the RCP denies gains nothing, and the access diff says so', () => {
    const [had, has] = [['main'], ['main', 'dev']].map((branches) =>
      under({ projects: [{ path: 'acme/web', namespace_id: 78 }], refs: { branches } }),
    );
    const listed = (verb: string, denies: string) => [
      {
        kind: 'unchanged',
        role: 'deploy',
        sources: ['acme/web'],
        text: `acme/web branch dev is ${verb} listed for deploy, which changes nothing: the resource control policy ${denies} these jobs`,
      },
    ];
    expect(had && has && accessDiff(had, has).changes).toEqual(listed('now', 'denies'));
    expect(had && has && accessDiff(has, had).changes).toEqual(listed('no longer', 'denied'));
  });
});
