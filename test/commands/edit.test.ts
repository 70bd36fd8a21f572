import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changedLines } from '../support/tools/changed-lines.ts';
import { filesIn } from '../support/builders/goldens.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const ANSWERS = 'gitlab-aws-oidc.yaml';

/** A repository as `create` makes it, with a comment of its owner in the answers. */
async function repository(folder: string): Promise<string> {
  const flags = ['--yes', '--output', 'hcl', '--project', 'acme/web=20', '--s3-read', 'my-bucket'];
  await run(['oidc', ...flags], folder);
  const file = join(folder, 'oidc', ANSWERS);
  writeFileSync(file, readFileSync(file, 'utf8').replace('id: 20', 'id: 20 # the shop'));
  return join(folder, 'oidc');
}

const answersIn = (folder: string) => readFileSync(join(folder, ANSWERS), 'utf8');
const rolesIn = (folder: string) => readFileSync(join(folder, 'terraform/roles.tf'), 'utf8');

describe('add and remove', () => {
  test('say who gains and who loses, and write answers and repository as one', async () => {
    const folder = await repository(scratch());
    const before = answersIn(folder);
    const added = await run(['add', 'project', 'acme/api=21'], folder);
    expect(added).toMatchObject({ exitCode: 0, stderr: '' });
    expect(added.stdout).toContain(
      'What changes in access\n  + acme/api (id 21) branch main may now assume gitlab-deploy, protected refs only\n',
    );
    expect(changedLines(before, answersIn(folder))).toEqual({
      before: [],
      after: ['      - path: acme/api', '        id: 21'],
    });
    expect(rolesIn(folder)).toContain('"gitlab.com:project_id"    = "21"');
    const listed = added.stdout.split('\nFiles\n')[1]?.split('\n\n')[0]?.split('\n') ?? [];
    expect(listed[0]).toBe('  edited    gitlab-aws-oidc.yaml');
    expect(added.stdout).toContain(`\nUpdated ${listed.length} files.\n`);

    const removed = await run(['remove', 'project', 'acme/api', '--yes'], folder);
    expect(removed.stdout).toContain(
      '  - acme/api (id 21) branch main may no longer assume gitlab-deploy\n',
    );
    expect(answersIn(folder)).toBe(before);
    expect((await run(['update', '--check'], folder)).exitCode).toBe(0);
  });

  test('a role takes the flags of create, and the defaults with --yes', async () => {
    const folder = await repository(scratch());
    const flags = ['--project', 'acme/api=21', '--s3-read', 'my-logs', '--yes', '--json'];
    const { exitCode, stdout } = await run(['add', 'role', 'read-logs', ...flags], folder);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      written: true,
      files: expect.arrayContaining([
        { path: 'gitlab-aws-oidc.yaml', change: 'edited', conflicts: 0 },
      ]),
      access: {
        changes: [
          { kind: 'role-added', role: 'read-logs' },
          { kind: 'gained', role: 'read-logs', sources: ['acme/api'] },
        ],
      },
    });
    expect(answersIn(folder)).toContain(`  - name: read-logs
    projects:
      - path: acme/api
        id: 21
    refs:
      branches:
        - main
      protected_only: true
    permissions:
      s3:
        read:
          - my-logs
output: hcl
`);
  });

  test('take the pasted address of a project, and the branch that is in it', async () => {
    const folder = await repository(scratch());
    const url = 'https://gitlab.com/acme/api/-/tree/main';
    const added = await run(['add', 'project', url], folder);
    expect(added.stdout).toContain('  + acme/api branch main may now assume gitlab-deploy');
    const gone = await run(['remove', 'project', 'https://gitlab.com/acme/api.git'], folder);
    expect(gone.stdout).toContain('  - acme/api branch main may no longer assume gitlab-deploy\n');

    const other = await run(['add', 'project', `${url}-2`], folder);
    expect(other).toMatchObject({ exitCode: 2 });
    expect(other.stderr).toContain('main-2');
    const foreign = await run(['add', 'project', 'https://git.example.com/acme/api'], folder);
    expect(foreign.stderr).toContain('is not the address of a project of https://gitlab.com');

    const role = ['--project', 'https://gitlab.com/acme/docs', '--s3-read', 'my-logs', '--yes'];
    expect(await run(['add', 'role', 'read-logs', ...role], folder)).toMatchObject({ exitCode: 0 });
    expect(answersIn(folder)).toContain('      - path: acme/docs\n');
  });

  test('with --dry-run write nothing, from another folder too', async () => {
    const folder = await repository(scratch());
    const before = filesIn(folder);
    const args = ['add', 'tag', 'v*', '--dry-run', '--dir', folder];
    const { exitCode, stdout } = await run(args, scratch());
    expect(exitCode).toBe(0);
    expect(stdout).toContain('+ acme/web (id 20) tags v* may now assume gitlab-deploy');
    expect(filesIn(folder)).toEqual(before);
  });
});

test('a role is added to the accounts that are named, and nowhere else', async () => {
  const folder = scratch();
  const accounts = ['dev=111111111111', 'prod=222222222222', 'test=333333333333'];
  const flags = ['--yes', '--output', 'hcl', '--project', 'acme/web=20'];
  await run(['oidc', ...flags, ...accounts.flatMap((one) => ['--account', one])], folder);
  const inside = join(folder, 'oidc');
  const role = ['add', 'role', 'read', '--yes', '--project', 'acme/web=20'];
  const unknown = await run([...role, '--account', 'pord'], inside);
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('error --account pord\n  There is no account "pord".');
  const added = await run([...role, '--account', 'prod', '--account', 'dev'], inside);
  expect(added.stdout).toContain(
    '  + dev and prod: acme/web (id 20) branch main may now assume read, protected refs only\n',
  );
  expect(answersIn(inside)).toContain('    accounts:\n      - prod\n      - dev\n');
});

describe('what will not do writes nothing', () => {
  let folder: string;
  let before: Map<string, string>;
  beforeAll(async () => {
    folder = await repository(mkdtempSync(join(tmpdir(), 'edit-')));
    before = filesIn(folder);
  });
  afterAll(() => {
    rmSync(join(folder, '..'), { recursive: true });
  });

  test.each([
    ['an answer that is none', 'add branch refs/heads/main', 'Leave out refs/heads/'],
    [
      'AdministratorAccess without a yes',
      'add policy AdministratorAccess',
      '--accept-administrator',
    ],
    ['a misspelt project', 'remove project acme/wbe', 'Did you mean acme/web?'],
    ['an id that is not a number', 'add project acme/api=x', '"x" is not a number'],
    ['a role without its project', 'add role other --yes', 'Give --project'],
    [
      'an account where there is one without a name',
      'add role b --yes --project acme/web --account prod',
      'error --account prod\n  There is no account "prod".\n  Leave it out: the answers are for one account without a name.',
    ],
    ['a kind that there is not', 'add thing x', 'project, branch, tag, policy, role'],
    ['a branch that git refuses', 'add branch a:b', 'error branch a:b\n'],
    ['a project that is a group', 'add project acme', 'error project acme\n'],
    ['a policy of no name', 'add policy a/b*', "error policy 'a/b*'\n"],
    ['a role of no name', 'add role a:b --yes --project acme/web', 'error role a:b\n'],
    [
      'a bad flag of a role',
      'add role b --yes --project acme/web --s3-read X',
      'error --s3-read X\n',
    ],
    [
      'a flag that only create has',
      'add role b --yes --project acme/web --deployment-tier production',
      'Add deployment_tier to sub_components (GitLab 18.7 or newer), or leave it out',
    ],
    ['nothing to add', 'add', 'add --help'],
    ['no name', 'add tag', 'add tag NAME'],
    ['two names', 'remove tag a b', 'xpected one name, got 2'],
    ['a flag of another kind', 'remove project acme/web --branch main', '--branch'],
    ['a folder that is not a repository', 'add tag v1 --dir terraform', 'gitlab-aws-oidc.yaml'],
  ])('%s', async (_, command, complaint) => {
    const { exitCode, stdout, stderr } = await run(command.split(' '), folder);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(filesIn(folder)).toEqual(before);
  });
});

test.each(['add', 'remove'])('%s --help has the usage', async (verb) => {
  for (const args of [
    [verb, '--help'],
    [verb, 'tag', '-h'],
  ]) {
    const { exitCode, stdout } = await run(args, scratch());
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`create-gitlab-aws-oidc ${verb} project PATH`);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  }
});
