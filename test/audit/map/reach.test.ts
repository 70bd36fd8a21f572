import { describe, expect, test } from '@jest/globals';
import { dataOf } from '../../../src/audit/map/data-of.ts';
import { graphOf, type MapNode } from '../../../src/audit/map/model/graph.ts';
import { filtered, NO_FILTER, type Filter } from '../../../src/audit/map/model/filter.ts';
import { onwardFrom, waysOf } from '../../../src/audit/map/model/reach.ts';
import { roleRows, sourceRows } from '../../../src/audit/map/model/rows.ts';
import {
  auditFinding,
  auditReport,
  chainPath,
  grantEdge,
  roleNode,
  sourceNode,
} from '../../support/builders/audit-reports.ts';

const web = sourceNode('acme/web');
const acme = sourceNode('acme', { kind: 'group', text: 'every project in acme' });
const other = sourceNode('beta/app');
const anywhere = sourceNode('any', {
  kind: 'any',
  text: 'every project',
  issuer: 'gitlab.example',
});
const deploy = roleNode('deploy', {
  powers: [
    {
      kind: 'read',
      of: 's3',
      certainty: 'allowed',
      scope: 'every',
      actions: [],
      resources: [],
      text: 'read S3 (all)',
    },
  ],
});
const hop = roleNode('hop', { account: '222222222222' });
const end = roleNode('admin', { account: '333333333333', trustsGitlab: false });
const alone = roleNode('alone');

const graph = graphOf(
  dataOf(
    auditReport({
      sources: [web, acme, other, anywhere],
      roles: [deploy, hop, end, alone],
      grants: [
        grantEdge(web, deploy),
        grantEdge(acme, hop),
        grantEdge(other, deploy),
        grantEdge(anywhere, alone),
      ],
      chains: [chainPath(hop, end)],
      findings: [auditFinding(hop)],
    }),
  ),
);
const { sources, roles, accounts, groups } = graph.data;
const source = (text: string): MapNode => ({
  kind: 'source',
  at: sources.findIndex((one) => one.text === text),
});
const role = (name: string): MapNode => ({
  kind: 'role',
  at: roles.findIndex((one) => one.name === name),
});
const reached = (node: MapNode) =>
  [...new Set(waysOf(graph, node).map((way) => roles[way.role]?.name))].sort();
const reaching = (node: MapNode) =>
  [...new Set(waysOf(graph, node).map((way) => sources[way.source]?.text))].sort();

describe('what a project can reach', () => {
  test('is what it signs in to, what its group may, and where chains lead from there', () => {
    expect(reached(source('acme/web'))).toEqual(['admin', 'deploy', 'hop']);
  });

  test('is not what another group may, nor what another GitLab may', () => {
    expect(reached(source('beta/app'))).toEqual(['deploy']);
  });

  test('is not what one project of it may, where it is a group', () => {
    expect(reached(source('every project in acme'))).toEqual(['admin', 'hop']);
  });

  test('is all of it for a top-level group: that of its projects and its own', () => {
    expect(reached({ kind: 'group', at: groups.indexOf('acme') })).toEqual([
      'admin',
      'deploy',
      'hop',
    ]);
  });
});

describe('who can reach a role', () => {
  test('is who signs in to it', () => {
    expect(reaching(role('deploy'))).toEqual(['acme/web', 'beta/app']);
  });

  test('is who signs in to a role that can become it', () => {
    expect(reaching(role('admin'))).toEqual(['every project in acme']);
    expect(waysOf(graph, role('admin'))[0]?.chain).toBe(0);
  });

  test('is known for a whole account', () => {
    expect(reaching({ kind: 'account', at: accounts.indexOf('333333333333') })).toEqual([
      'every project in acme',
    ]);
  });

  test('a role says what it can become', () => {
    expect(onwardFrom(graph, role('hop').at).map(({ steps }) => steps)).toEqual([
      [role('hop').at, role('admin').at],
    ]);
    expect(onwardFrom(graph, role('admin').at)).toEqual([]);
  });
});

describe('a filter', () => {
  const shown = (filter: Partial<Filter>) => {
    const found = filtered(graph, { ...NO_FILTER, ...filter });
    return {
      sources: sources.filter((_, at) => found.sources[at]).map(({ text }) => text),
      roles: roles.filter((_, at) => found.roles[at]).map(({ name }) => name),
    };
  };

  test('that says nothing shows everything', () => {
    const { sources: left, roles: right } = shown({});
    expect([left.length, right.length]).toEqual([4, 4]);
  });

  test('by a text shows what has it and what is connected, in any case', () => {
    expect(shown({ text: 'BETA' })).toEqual({ sources: ['beta/app'], roles: ['deploy'] });
    expect(shown({ text: '333333333333' })).toEqual({
      sources: ['every project in acme'],
      roles: ['admin'],
    });
  });

  test('by a group, account, power or finding shows the ways that meet it', () => {
    expect(shown({ group: String(groups.indexOf('beta')) })).toEqual({
      sources: ['beta/app'],
      roles: ['deploy'],
    });
    expect(shown({ account: String(accounts.indexOf('222222222222')) })).toEqual({
      sources: ['every project in acme'],
      roles: ['hop'],
    });
    expect(shown({ power: 'read' })).toEqual({
      sources: ['acme/web', 'beta/app'],
      roles: ['deploy'],
    });
    expect(shown({ finding: 'AUD001 too-wide' })).toEqual({
      sources: ['every project in acme'],
      roles: ['hop'],
    });
  });

  test('of several wishes shows what meets all of them', () => {
    expect(shown({ power: 'read', group: String(groups.indexOf('beta')) })).toEqual({
      sources: ['beta/app'],
      roles: ['deploy'],
    });
    expect(shown({ power: 'read', text: 'nothing like it' })).toEqual({ sources: [], roles: [] });
  });
});

test('each list has headings, and says of each row where it is under its heading', () => {
  expect(
    sourceRows(graph, () => true).map(({ level, position, of }) => [level, position, of]),
  ).toEqual([
    [1, 1, 3],
    [2, 1, 2],
    [2, 2, 2],
    [1, 2, 3],
    [2, 1, 1],
    [1, 3, 3],
    [2, 1, 1],
  ]);
  expect(roleRows(graph, (at) => at === role('hop').at).map(({ node }) => node.kind)).toEqual([
    'account',
    'role',
  ]);
});
