import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { filesIn, GOLDENS } from '../../support/builders/goldens.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const quickstart = () => GeneratedRepository.of('quickstart', scratchFolder());
const IN_SYNC = 'Nothing to change: everything is as gitlab-aws-oidc.yaml says.\n';

test.each(GOLDENS)('%s as it was made has nothing to change, and says so', async (name) => {
  const repository = GeneratedRepository.of(name, scratchFolder());
  const before = filesIn(repository.folder);
  expect(await repository.update()).toMatchObject({ exitCode: 0, stdout: IN_SYNC, stderr: '' });
  expect(await repository.update('--check')).toMatchObject({ exitCode: 0, stdout: '' });
  expect(filesIn(repository.folder)).toEqual(before);
});

describe('answers that changed', () => {
  test('change the files that follow from them, and say who gains and loses; again, nothing', async () => {
    const repository = quickstart();
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    const { exitCode, stdout } = await repository.update();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'mygroup/myproject (id 20) branch release may now assume gitlab-deploy',
    );
    expect(stdout).toContain('branch main may no longer assume gitlab-deploy');
    expect(stdout).toMatch(/replaced +terraform\/roles.tf/);
    expect(stdout).toContain('Updated 5 files.');
    expect(repository.read('terraform/roles.tf')).toContain('ref:release"');
    expect(repository.read('lib/gitlab-oidc-stack.ts')).toContain('ref:release"');
    expect(await repository.update()).toMatchObject({ exitCode: 0, stdout: IN_SYNC });
  });

  test('tell what neither the program nor the pipeline does', async () => {
    const BOOTSTRAP =
      'bootstrap/ changed, and no pipeline applies it: bootstrap/README.md has the commands.';
    const GUARD = 'org/ changed, and no pipeline applies it: org/README.md has the commands.';
    const SETTINGS =
      'gitlab/ changed, and no pipeline applies it: gitlab/settings.md has the commands.';
    const reportedAfter = async (from: string, to: string) => {
      const repository = GeneratedRepository.of('organization', scratchFolder());
      repository.edit('gitlab-aws-oidc.yaml', from, to);
      const { stdout } = await repository.update();
      return [BOOTSTRAP, GUARD, SETTINGS].filter((line) => stdout.includes(line));
    };
    expect(await reportedAfter('- /app/*', '- /other/*')).toEqual([BOOTSTRAP]);
    expect(await reportedAfter('- 815', '- 816')).toEqual([GUARD]);
    expect(await reportedAfter('- main', '- stable')).toEqual([SETTINGS]);
    expect(await reportedAfter('Deploys the shop', 'Deploys')).toEqual([]);
  });

  test('are found by --check, with a diff that git applies, and nothing is written', async () => {
    const repository = quickstart();
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    const before = filesIn(repository.folder);
    const { exitCode, stdout } = await repository.update('--check');
    expect(exitCode).toBe(1);
    expect(filesIn(repository.folder)).toEqual(before);
    execFileSync('git', ['apply', '-'], { cwd: repository.folder, input: stdout });
    expect(repository.read('terraform/roles.tf')).toContain('ref:release"');
    expect((await repository.update('--json')).stdout).toContain('"files": []');
  });

  test('are only shown by --dry-run; as markdown for a note, and as JSON for a program', async () => {
    const repository = quickstart();
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    const before = filesIn(repository.folder);
    expect((await repository.update('--dry-run')).stdout).toMatch(/replaced +README.md/);
    const markdown = await repository.update('--dry-run', '--access-diff', 'markdown');
    expect(markdown.stdout).toMatch(/^#/);
    expect(markdown.stdout).not.toContain('replaced');
    const json = JSON.parse((await repository.update('--dry-run', '--json')).stdout) as unknown;
    expect(json).toMatchObject({
      ok: true,
      written: false,
      files: [
        { path: 'README.md', change: 'replaced' },
        { path: 'gitlab/settings.md', change: 'replaced' },
        { path: 'gitlab/settings.sh', change: 'replaced' },
        { path: 'lib/gitlab-oidc-stack.ts', change: 'replaced' },
        { path: 'terraform/roles.tf', change: 'replaced' },
      ],
      kept: [],
      access: { changes: [{ kind: 'gained' }, { kind: 'lost' }] },
    });
    expect(filesIn(repository.folder)).toEqual(before);
  });

  test('that are wrong name their line, and nothing is written', async () => {
    const repository = quickstart();
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- ma in');
    const before = filesIn(repository.folder);
    const { exitCode, stderr } = await repository.update();
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/gitlab-aws-oidc.yaml:\d+:\d+: roles\[0\].refs.branches/);
    expect(filesIn(repository.folder)).toEqual(before);
  });
});

describe('edits by hand', () => {
  test('do not count as a difference for --check', async () => {
    const repository = quickstart();
    repository.write('terraform/roles.tf', `# Mine.\n${repository.read('terraform/roles.tf')}`);
    expect(await repository.update('--check')).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await repository.update()).toMatchObject({ exitCode: 0, stdout: IN_SYNC });
  });

  test('that exclude what the answers say stand beside it between markers, exit 1', async () => {
    const repository = quickstart();
    repository.edit('terraform/roles.tf', 'ref:main"', 'ref:hotfix"');
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    const { exitCode, stdout } = await repository.update();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/conflict +terraform\/roles.tf: 1 to resolve/);
    const text = repository.read('terraform/roles.tf');
    expect(text).toMatch(
      /<<<<<<< yours\n.*ref:hotfix"\n=======\n.*ref:release"\n>>>>>>> generated\n/,
    );

    const again = await repository.update();
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toMatch(/terraform\/roles.tf:\d+\n {2}A conflict of an earlier update/);

    repository.write(
      'terraform/roles.tf',
      text.replace(/<<<<<<< yours\n.*\n=======\n(.*\n)>>>>>>> generated\n/, '$1'),
    );
    expect(await repository.update()).toMatchObject({ exitCode: 0, stdout: IN_SYNC });
  });

  test('in files with the line ends of Windows are merged with them', async () => {
    const repository = quickstart();
    const windows = `# Mine.\n${repository.read('terraform/roles.tf')}`.replaceAll('\n', '\r\n');
    repository.write('terraform/roles.tf', windows);
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    expect((await repository.update()).exitCode).toBe(0);
    expect(repository.read('terraform/roles.tf')).toBe(windows.replace('ref:main', 'ref:release'));
  });

  test('of a file that nothing follows from any more keep it; files nobody touched go', async () => {
    const repository = quickstart();
    repository.write('main.ts', `// Mine.\n${repository.read('main.ts')}`);
    repository.edit('gitlab-aws-oidc.yaml', 'output: cdktf', 'output: hcl');
    const { stdout } = await repository.update();
    expect(stdout).toMatch(/kept +main.ts: not generated any more, kept for your edits/);
    expect(stdout).toMatch(/removed +cdktf.json/);
    expect(existsSync(join(repository.folder, 'lib'))).toBe(false);
    expect(repository.read('main.ts')).toMatch(/^\/\/ Mine/);
  });

  test('that delete a file leave it deleted', async () => {
    const repository = quickstart();
    rmSync(join(repository.folder, 'README.md'));
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    expect((await repository.update()).stdout).toMatch(/kept +README.md: deleted by hand, left so/);
    expect(existsSync(join(repository.folder, 'README.md'))).toBe(false);
  });

  test("of the answers' comments and order are kept", async () => {
    const repository = quickstart();
    const commented = repository
      .read('gitlab-aws-oidc.yaml')
      .replace('- main', '# the trunk\n        - trunk');
    repository.write('gitlab-aws-oidc.yaml', commented);
    expect((await repository.update()).exitCode).toBe(0);
    expect(repository.read('gitlab-aws-oidc.yaml')).toBe(commented);
  });
});

test('the permissions of files are kept', async () => {
  const repository = quickstart();
  const roles = join(repository.folder, 'terraform/roles.tf');
  chmodSync(roles, 0o600);
  repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
  await repository.update();
  expect((statSync(roles).mode & 0o777).toString(8)).toBe('600');
});

test('a new folder is made for what is generated from now on', async () => {
  const repository = GeneratedRepository.of('hcl-only', scratchFolder());
  repository.edit('gitlab-aws-oidc.yaml', 'output: hcl', 'output: cdktf');
  expect((await repository.update()).stdout).toMatch(/added +lib\/gitlab-oidc-stack.ts/);
  expect(readdirSync(join(repository.folder, 'lib'))).toEqual([
    'gitlab-oidc-stack.ts',
    'trust-policy.ts',
  ]);
});

test('a folder whose last file goes is there for the file that comes', async () => {
  const repository = GeneratedRepository.of('quickstart', scratchFolder());
  const account = (name: string) => `accounts:\n  - name: ${name}\n    id: "111111111111"\n`;
  const answers = repository.read('gitlab-aws-oidc.yaml');
  repository.write('gitlab-aws-oidc.yaml', answers + account('dev'));
  expect((await repository.update()).exitCode).toBe(0);
  expect(readdirSync(join(repository.folder, 'lib/accounts'))).toEqual(['dev.ts']);

  repository.write('gitlab-aws-oidc.yaml', answers + account('prod'));
  expect(await repository.update()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readdirSync(join(repository.folder, 'lib/accounts'))).toEqual(['prod.ts']);
  expect((await repository.update('--check')).exitCode).toBe(0);
});

test('a file that is written over and is not committed is named, since git could not bring it back', async () => {
  const repository = GeneratedRepository.of('quickstart', scratchFolder(), { git: true });
  repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
  expect((await repository.update('--dry-run')).stdout).not.toContain('Not committed');
  repository.edit('terraform/roles.tf', 'resource', '# mine\nresource');
  expect((await repository.update('--dry-run')).stdout).toContain(
    'Not committed yet, so git could not bring it back: terraform/roles.tf.',
  );
});

test('an empty folder is not a repository, and what to do is shown', async () => {
  const repository = new GeneratedRepository(scratchFolder());
  mkdirSync(join(repository.folder, 'sub'));
  expect(await repository.update('sub')).toMatchObject({
    exitCode: 2,
    stderr:
      'error sub\n  There is no gitlab-aws-oidc.yaml in it.\n  Give the folder of a generated repository.\n',
  });
});
