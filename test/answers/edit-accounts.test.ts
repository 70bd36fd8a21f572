import { describe, expect, test } from '@jest/globals';
import { editAnswers } from '../../src/answers/edit/edit-answers.ts';
import type { Edit } from '../../src/answers/edit/edit.ts';
import { changedLines } from '../support/tools/changed-lines.ts';
import { problemsOf } from '../support/builders/problems.ts';

const FILE = `version: 2
gitlab:
  url: https://gitlab.com
aws:
  region: eu-west-1
provider:
  mode: create
accounts:
  - name: dev
  - name: stage
  - name: prod
roles:
  - name: deploy
    projects:
      - path: acme/web # the shop
        id: 20
    refs:
      branches: [main]
    permissions: {}

  - name: read
    projects:
      - path: acme/web
      - path: acme/api
    refs:
      branches: [main, next]
    permissions:
      managed_policies: [ReadOnlyAccess, job-function/ViewOnlyAccess]
    accounts: [dev, prod]
    differences:
      prod: # audited
        projects:
          - path: acme/audit
          - path: acme/web
        refs:
          branches: [next, main]
        permissions:
          managed_policies:
            - ReadOnlyAccess
            - AWSSupportAccess
output: hcl
state: { backend: local }
ci:
  credentials: web-identity
`;

/** The lines that an edit takes out and puts in, in order. */
function lines(edit: Edit, text = FILE): string[] {
  const { before, after } = changedLines(text, editAnswers(text, edit));
  return [...before.map((line) => `-${line}`), ...after.map((line) => `+${line}`)];
}

const add = { verb: 'add', kind: 'project', branches: [], tags: [] } as const;
const remove = { verb: 'remove', kind: 'project' } as const;

describe('a project in some accounts', () => {
  test('is a difference that has the other projects of the role too', () => {
    expect(lines({ ...add, path: 'acme/new', id: 7, role: 'deploy', accounts: ['dev'] })).toEqual([
      '+    differences:',
      '+      dev:',
      '+        projects:',
      '+          - path: acme/web',
      '+            id: 20',
      '+          - path: acme/new',
      '+            id: 7',
    ]);
  });

  test('is put beside what differs there already, and into an account of its own', () => {
    const accounts = ['prod', 'dev'];
    expect(lines({ ...add, path: 'acme/new', role: 'read', accounts })).toEqual(
      [
        '+          - path: acme/new',
        '         refs:',
        '           branches: [next, main]',
        '         permissions:',
        '           managed_policies:',
        '             - ReadOnlyAccess',
        '             - AWSSupportAccess',
        '+      dev:',
        '+        projects:',
        '+          - path: acme/web',
        '+          - path: acme/api',
        '+          - path: acme/new',
      ]
        .flatMap((line) =>
          line.startsWith(' ') ? [`-${line.slice(1)}`, `+${line.slice(1)}`] : [line],
        )
        .sort((a, b) => Number(a.startsWith('+')) - Number(b.startsWith('+'))),
    );
  });

  test('goes from the difference, or becomes one without it', () => {
    expect(lines({ ...remove, path: 'acme/audit', accounts: ['prod'] })).toEqual([
      '-          - path: acme/audit',
    ]);
    expect(lines({ ...remove, path: 'acme/api', accounts: ['dev'] })).toEqual([
      '+      dev:',
      '+        projects:',
      '+          - path: acme/web',
    ]);
  });

  test('goes everywhere where no account is named', () => {
    const text = editAnswers(FILE, { ...remove, path: 'acme/web', role: 'read' });
    const [, read = ''] = text.split('- name: read');
    expect(read).not.toContain('acme/web');
    expect(read).toContain('acme/api');
    expect(read).toContain('acme/audit');
  });
});

describe('what is removed from a role goes from its differences too', () => {
  test('a branch', () => {
    const text = editAnswers(FILE, { verb: 'remove', kind: 'branch', name: 'main', role: 'read' });
    expect(text).toContain('branches: [next]\n    permissions');
    expect(text).toContain('branches: [next]\n        permissions');
  });

  test('a policy, also one that only a difference has', () => {
    const policy = { verb: 'remove', kind: 'policy' } as const;
    const text = editAnswers(FILE, { ...policy, policy: 'ReadOnlyAccess' });
    expect(text).not.toContain('ReadOnlyAccess');
    expect(lines({ ...policy, policy: 'AWSSupportAccess' })).toEqual([
      '-            - AWSSupportAccess',
    ]);
  });
});

describe('a branch or tag in some accounts', () => {
  const ref = { verb: 'add', kind: 'branch', role: 'read' } as const;

  test('is put into the refs of the account, or into a copy of those of the role', () => {
    expect(lines({ ...ref, name: 'hotfix', accounts: ['prod'] })).toEqual([
      '-          branches: [next, main]',
      '+          branches: [next, main, hotfix]',
    ]);
    expect(lines({ ...ref, kind: 'tag', name: 'v*', accounts: ['dev'] })).toEqual([
      '+      dev:',
      '+        refs:',
      '+          branches:',
      '+            - main',
      '+            - next',
      '+          tags:',
      '+            - v*',
    ]);
  });

  test('goes from the refs of the account, or from a copy of those of the role', () => {
    const remove = { ...ref, verb: 'remove' } as const;
    expect(lines({ ...remove, name: 'main', accounts: ['prod'] })).toEqual([
      '-          branches: [next, main]',
      '+          branches: [next]',
    ]);
    expect(lines({ ...remove, name: 'next', accounts: ['dev'] })).toEqual([
      '+      dev:',
      '+        refs:',
      '+          branches:',
      '+            - main',
    ]);
  });
});

test('a policy of some accounts is put into their permissions, or goes from them', () => {
  const policy = { verb: 'add', kind: 'policy', role: 'read' } as const;
  expect(lines({ ...policy, policy: 'IAMReadOnlyAccess', accounts: ['prod'] })).toEqual([
    '+            - IAMReadOnlyAccess',
  ]);
  expect(
    lines({
      ...policy,
      policy: 'AdministratorAccess',
      accounts: ['dev'],
      acceptAdministrator: true,
    }),
  ).toEqual([
    '+      dev:',
    '+        permissions:',
    '+          managed_policies:',
    '+            - ReadOnlyAccess',
    '+            - job-function/ViewOnlyAccess',
    '+            - AdministratorAccess',
    '+          accept_administrator: true',
  ]);
  const remove = { ...policy, verb: 'remove' } as const;
  expect(lines({ ...remove, policy: 'AWSSupportAccess', accounts: ['prod'] })).toEqual([
    '-            - AWSSupportAccess',
  ]);
  expect(lines({ ...remove, policy: 'ReadOnlyAccess', accounts: ['dev'] })).toEqual([
    '+      dev:',
    '+        permissions:',
    '+          managed_policies:',
    '+            - job-function/ViewOnlyAccess',
  ]);
});

describe('a role leaves some accounts', () => {
  const role = { verb: 'remove', kind: 'role' } as const;

  test('one that names its accounts, with what differs there', () => {
    const text = editAnswers(FILE, { ...role, name: 'read', accounts: ['prod'] });
    expect(text).toContain('accounts: [dev]\noutput');
    expect(text).not.toContain('differences');
  });

  test('one that is in every account names the others', () => {
    expect(lines({ ...role, name: 'deploy', accounts: ['prod', 'dev'] })).toEqual([
      '+    accounts:',
      '+      - stage',
    ]);
  });
});

test('an account is put into the roles that are named, where they name theirs', () => {
  const account = { verb: 'add', kind: 'account', name: 'test', id: '111111111111' } as const;
  const text = editAnswers(FILE, { ...account, roles: ['read', 'deploy'] });
  expect(text).toContain('  - name: test\n    id: "111111111111"\nroles:');
  expect(text).toContain('accounts: [dev, prod, test]');
  expect(text.match(/test/g)).toHaveLength(2);
});

describe('refused, with the way out', () => {
  const allNamed = FILE.replace(
    '    permissions: {}\n',
    '    permissions: {}\n    accounts: [stage]\n',
  );
  const refused = (edit: Edit, text: string) => {
    const [problem] = problemsOf(() => editAnswers(text, edit));
    return problem && `${problem.where}: ${problem.what}. ${problem.fix}`;
  };

  test.each<[string, Edit, string, string?]>([
    [
      'an unknown account',
      { ...add, path: 'acme/new', role: 'deploy', accounts: ['pord'] },
      'account pord: there is no account "pord". Did you mean prod?',
    ],
    [
      'a branch that the account has',
      { verb: 'add', kind: 'branch', name: 'next', role: 'read', accounts: ['prod'] },
      'branch next: role read already allows it in account prod. Name another account',
    ],
    [
      'the only branch of an account',
      { verb: 'remove', kind: 'branch', name: 'main', role: 'deploy', accounts: ['dev'] },
      'branch main: it is the only ref from which role deploy may be assumed in account dev. Remove the role (remove role deploy), or add another branch or tag first',
    ],
    [
      'a policy that the account does not have',
      {
        verb: 'remove',
        kind: 'policy',
        policy: 'AWSSupportAccess',
        role: 'read',
        accounts: ['dev'],
      },
      'policy AWSSupportAccess: role read has no policy "AWSSupportAccess" in account dev. There is: ReadOnlyAccess, job-function/ViewOnlyAccess',
    ],
    [
      'a role that leaves every account',
      { verb: 'remove', kind: 'role', name: 'read', accounts: ['dev', 'prod'] },
      'role read: it would be in no account. Remove it everywhere: remove role read',
    ],
    [
      'an account that is like no other',
      { ...add, path: 'acme/new', role: 'deploy', accounts: ['sandbox'] },
      'account sandbox: there is no account "sandbox". There is: dev, stage, prod',
    ],
    [
      'an account in which the role is not',
      { ...add, path: 'acme/new', role: 'read', accounts: ['stage'] },
      'project acme/new: role read is not in account stage. Add the account to accounts of the role, or name one of dev, prod',
    ],
    [
      'an account where there is one without a name',
      { ...add, path: 'acme/new', role: 'deploy', accounts: ['dev'] },
      'project acme/new: the answers are for one account without a name, so --account names none. Leave --account out',
      FILE.replace(/accounts:\n(?: {2}- name: .*\n){3}/, '').replace(
        / {4}accounts: \[dev, prod\]\n {4}differences:\n(?: {6}.*\n)+/,
        '',
      ),
    ],
    [
      'a project that the account has',
      { ...add, path: 'acme/audit', role: 'read', accounts: ['prod'] },
      'project acme/audit: role read already allows it in account prod. Name another account',
    ],
    [
      'a branch that the role does not have there',
      { ...add, path: 'acme/new', role: 'read', accounts: ['prod'], branches: ['dev'] },
      'project acme/new: branch dev is not among the refs of role read in account prod, which count for all its projects. Add it for all of them first (add branch), or give the project a role of its own (add role)',
    ],
    [
      'a project that the account does not have',
      { ...remove, path: 'acme/api', accounts: ['prod'] },
      'project acme/api: role read has no project "acme/api" in account prod. Did you mean acme/audit?',
    ],
    [
      'the only project of the account',
      { ...remove, path: 'acme/web', role: 'deploy', accounts: ['stage'] },
      'project acme/web: it is the only one that may assume role deploy in account stage. Take the account out of accounts of the role, or add another project there first',
    ],
    [
      'a project that is the only one of a difference',
      { ...remove, path: 'acme/web', role: 'read' },
      'project acme/web: it is the only one that may assume role read in account prod. Take the account out of accounts of the role, or add another project there first',
      FILE.replace('          - path: acme/audit\n', ''),
    ],
    [
      'a branch that is the only ref of a difference',
      { verb: 'remove', kind: 'branch', name: 'next', role: 'read' },
      'branch next: it is the only ref from which role read may be assumed in account prod. Remove the role (remove role read), or add another branch or tag first',
      FILE.replace('branches: [next, main]', 'branches: [next]'),
    ],
    [
      'an account that no role would be in',
      { verb: 'add', kind: 'account', name: 'test' },
      'account test: every role names its accounts, so none would be in it. Name the roles to put in it, e.g. --role deploy',
      allNamed,
    ],
    [
      'an account for an unknown role',
      { verb: 'add', kind: 'account', name: 'test', roles: ['reed'] },
      'role reed: there is no role "reed". Did you mean read?',
    ],
  ])('%s', (_, edit, problem, text = FILE) => {
    expect(refused(edit, text)).toBe(problem);
  });
});
