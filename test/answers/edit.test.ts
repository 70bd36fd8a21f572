import { describe, expect, test } from '@jest/globals';
import { editAnswers } from '../../src/answers/edit/edit-answers.ts';
import type { Edit } from '../../src/answers/edit/edit.ts';
import { changedLines } from '../support/tools/changed-lines.ts';
import { problemsOf } from '../support/builders/problems.ts';

const FILE = `# Who may assume which role.
version: 2
gitlab: { url: https://gitlab.com }   # the shared one
aws:
  region: eu-west-1

provider:
  mode: create
roles:

  # Ships the shop.
  - name: deploy
    projects:
      - path: acme/web # the shop
        id: 20
      # - path: acme/next

    refs:
      branches: [main, 'next'] # both
    permissions: {}

  # Reads only.
  - name: read
    projects:
    - path: acme/web
    - {path: acme/api, id: 21}
    refs:
      protected_only: true
      branches:
        - main
      tags:
        - v* # releases
    permissions:
      s3:
        read: [my-bucket]
      managed_policies:
        - ReadOnlyAccess

output: hcl
state: {backend: local}
ci:
  credentials: web-identity
`;

/** The lines that an edit takes out and puts in, in order. */
function lines(edit: Edit, text = FILE): string[] {
  const { before, after } = changedLines(text, editAnswers(text, edit));
  return [...before.map((line) => `-${line}`), ...after.map((line) => `+${line}`)];
}

const project = { verb: 'add', kind: 'project', branches: [], tags: [] } as const;

describe('adding', () => {
  test('a project stands behind the others, before the comments that follow', () => {
    expect(lines({ ...project, path: 'acme/new', id: 30, role: 'deploy' })).toEqual([
      '+      - path: acme/new',
      '+        id: 30',
    ]);
    expect(editAnswers(FILE, { ...project, path: 'acme/new', role: 'deploy' })).toContain(
      '        id: 20\n      - path: acme/new\n      # - path: acme/next\n',
    );
  });

  test('a list keeps its own indentation', () => {
    expect(lines({ ...project, path: 'acme/new', role: 'read' })).toEqual([
      '+    - path: acme/new',
    ]);
  });

  test('a branch into a list in brackets, a tag into a list of its own', () => {
    expect(lines({ verb: 'add', kind: 'branch', name: 'rel/*', role: 'deploy' })).toEqual([
      "-      branches: [main, 'next'] # both",
      "+      branches: [main, 'next', rel/*] # both",
    ]);
    expect(lines({ verb: 'add', kind: 'tag', name: 'v*', role: 'deploy' })).toEqual([
      '+      tags:',
      '+        - v*',
    ]);
  });

  test('what YAML would read as something else is quoted', () => {
    expect(lines({ verb: 'add', kind: 'branch', name: '*', role: 'read' })).toEqual([
      '+        - "*"',
    ]);
    expect(lines({ verb: 'add', kind: 'tag', name: '1.0', role: 'read' })).toEqual([
      '+        - "1.0"',
    ]);
    expect(lines({ verb: 'add', kind: 'branch', name: 'no', role: 'deploy' })).toEqual([
      "-      branches: [main, 'next'] # both",
      `+      branches: [main, 'next', "no"] # both`,
    ]);
  });

  test('a managed policy, to a list or to permissions that hold nothing', () => {
    const policy = { verb: 'add', kind: 'policy', policy: 'ViewOnlyAccess' } as const;
    expect(lines({ ...policy, role: 'read' })).toEqual(['+        - ViewOnlyAccess']);
    expect(lines({ ...policy, role: 'deploy' })).toEqual([
      '-    permissions: {}',
      '+    permissions: { managed_policies: [ ViewOnlyAccess ] }',
    ]);
  });

  test('a role stands apart where the others do', () => {
    const role = {
      name: 'new',
      projects: [{ path: 'acme/new' }],
      refs: { branches: ['main'] },
      permissions: {},
    };
    expect(lines({ verb: 'add', kind: 'role', role })).toEqual([
      '+  - name: new',
      '+    projects:',
      '+      - path: acme/new',
      '+    refs:',
      '+      branches:',
      '+        - main',
      '+    permissions: {}',
      '+',
    ]);
  });
});

describe('removing', () => {
  test('a project with all its keys, whatever their style', () => {
    expect(lines({ verb: 'remove', kind: 'project', path: 'acme/api' })).toEqual([
      '-    - {path: acme/api, id: 21}',
    ]);
    expect(lines({ verb: 'remove', kind: 'project', path: 'acme/web', role: 'read' })).toEqual([
      '-    - path: acme/web',
    ]);
  });

  test('a branch out of brackets; the last tag with its list', () => {
    expect(lines({ verb: 'remove', kind: 'branch', name: 'main', role: 'deploy' })).toEqual([
      "-      branches: [main, 'next'] # both",
      "+      branches: ['next'] # both",
    ]);
    expect(lines({ verb: 'remove', kind: 'branch', name: 'next', role: 'deploy' })).toEqual([
      "-      branches: [main, 'next'] # both",
      '+      branches: [main] # both',
    ]);
    expect(lines({ verb: 'remove', kind: 'tag', name: 'v*', role: 'read' })).toEqual([
      '-      tags:',
      '-        - v* # releases',
    ]);
  });

  test('a policy, by name or by ARN', () => {
    const policy = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    expect(lines({ verb: 'remove', kind: 'policy', policy })).toEqual([
      '-      managed_policies:',
      '-        - ReadOnlyAccess',
    ]);
  });

  test('a role, and one of the blank lines around it; the comment above it is kept', () => {
    const text = editAnswers(FILE, { verb: 'remove', kind: 'role', name: 'deploy' });
    expect(text).toContain('roles:\n\n  # Ships the shop.\n\n  # Reads only.\n  - name: read\n');
  });

  test('the last permission leaves permissions that hold nothing', () => {
    const only = FILE.replace('      s3:\n        read: [my-bucket]\n', '');
    expect(lines({ verb: 'remove', kind: 'policy', policy: 'ReadOnlyAccess' }, only)).toEqual([
      '-    permissions:',
      '-      managed_policies:',
      '-        - ReadOnlyAccess',
      '+    permissions: {}',
    ]);
  });
});

describe('refused, with the way out', () => {
  const refused = (edit: Edit, text = FILE) => {
    const [problem] = problemsOf(() => editAnswers(text, edit));
    return problem && `${problem.where}: ${problem.what}. ${problem.fix}`;
  };

  test.each<[string, Edit, string]>([
    [
      'an existing project',
      { ...project, path: 'acme/web', role: 'deploy' },
      'project acme/web: role deploy already allows it. Name another project, or another role',
    ],
    [
      'a project without saying into which role',
      { ...project, path: 'acme/new' },
      'project acme/new: several roles could be meant: deploy, read. Name one with --role',
    ],
    [
      'a project from a branch that would count for others too',
      { ...project, path: 'acme/new', role: 'deploy', branches: ['main', 'dev'] },
      'project acme/new: branch dev is not among the refs of role deploy, which count for all its projects. Add it for all of them first (add branch), or give the project a role of its own (add role)',
    ],
    [
      'a branch for one project of several',
      { verb: 'add', kind: 'branch', name: 'dev', project: 'acme/api' },
      'branch dev: the refs of role read count for all its projects: acme/web too. Leave --project out if that is meant, or give the project a role of its own (add role)',
    ],
    [
      'a misspelt role',
      { verb: 'add', kind: 'branch', name: 'dev', role: 'depoly' },
      'role depoly: there is no role "depoly". Did you mean deploy?',
    ],
    [
      'a misspelt project',
      { verb: 'remove', kind: 'project', path: 'acme/wbe' },
      'project acme/wbe: there is no project "acme/wbe". Did you mean acme/web?',
    ],
    [
      'a tag that is not there',
      { verb: 'remove', kind: 'tag', name: 'release-1', role: 'read' },
      'tag release-1: role read has no tag "release-1". There is: v*',
    ],
    [
      'the last project',
      { verb: 'remove', kind: 'project', path: 'acme/web', role: 'deploy' },
      'project acme/web: it is the only one that may assume role deploy. Remove the role (remove role deploy), or add another project first',
    ],
    [
      'a policy that no role has',
      { verb: 'remove', kind: 'policy', policy: 'X', role: 'deploy' },
      'policy X: role deploy has no policy "X". There is none',
    ],
    [
      'an existing policy under its other name',
      {
        verb: 'add',
        kind: 'policy',
        policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        role: 'read',
      },
      'policy arn:aws:iam::aws:policy/ReadOnlyAccess: role read already has it. Name another policy, or another role',
    ],
  ])('%s', (_, edit, text) => {
    expect(refused(edit)).toBe(text);
  });

  test('the last ref, and the only role', () => {
    const one =
      FILE.slice(0, FILE.indexOf('  # Reads only.')) + FILE.slice(FILE.indexOf('output:'));
    const single = one.replace("[main, 'next']", '[main]');
    expect(refused({ verb: 'remove', kind: 'branch', name: 'main' }, single)).toBe(
      'branch main: it is the only ref from which role deploy may be assumed. Remove the role (remove role deploy), or add another branch or tag first',
    );
    expect(refused({ verb: 'remove', kind: 'role', name: 'deploy' }, single)).toBe(
      'role deploy: it is the only role. Add another first, or run terraform destroy',
    );
  });

  test('what is shared by an alias', () => {
    const text = FILE.replace("branches: [main, 'next'] # both", 'branches: &refs [main]').replace(
      'branches:\n        - main',
      'branches: *refs',
    );
    expect(refused({ verb: 'add', kind: 'branch', name: 'dev', role: 'deploy' }, text)).toBe(
      'roles[0].refs.branches: other places use what is written there, as *refs. Write it out in each place, or make this change in the file',
    );
    expect(refused({ verb: 'add', kind: 'branch', name: 'dev', role: 'read' }, text)).toBe(
      'roles[1].refs.branches: it is written elsewhere, at &refs, and used here as *refs. Write it out in each place, or make this change in the file',
    );
    expect(refused({ verb: 'remove', kind: 'role', name: 'deploy' }, text)).toBe(
      'roles[0]: other places use what is written there, as *refs. Write it out in each place, or make this change in the file',
    );
  });
});
