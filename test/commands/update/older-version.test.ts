import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { blobId } from '../../../src/workspace/blob-id.ts';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { commitProject, writeProject } from '../../support/tools/git-project.ts';
import { committedFiles } from '../../support/builders/goldens.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** The quickstart as version 0.1.0 generated it, which kept no lock file. */
const VERSION_0_1_0 = JSON.parse(
  readFileSync(new URL('repository-0.1.0.json', import.meta.url), 'utf8'),
) as Record<string, string>;

describe('a repository of version 0.1.0, in git,', () => {
  test('becomes what this version makes of its answers', async () => {
    const folder = scratchFolder();
    writeProject(folder, VERSION_0_1_0);
    const repository = new GeneratedRepository(folder);
    const { exitCode, stdout } = await repository.update();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'There is no gitlab-aws-oidc.lock.json yet: what git has as the first version of each file is taken for what was generated.',
    );
    expect(stdout).toContain('What changes in access\n  nothing\n');
    for (const [path, text] of committedFiles('quickstart'))
      expect(repository.read(path)).toBe(text);
    expect((await repository.update()).stdout).toContain('Nothing to change');
  });

  test('gives its account a name without an update before: the files of the old place are removed', async () => {
    const folder = scratchFolder();
    writeProject(folder, VERSION_0_1_0);
    const add = ['add', 'account', 'dev=123456789012', '--yes'];
    const { exitCode, stdout } = await run(add, folder);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  removed   terraform/roles.tf\n');
    expect(readdirSync(join(folder, 'terraform'))).toEqual(['accounts']);
    const repository = new GeneratedRepository(folder);
    expect(await repository.update('--check')).toMatchObject({ exitCode: 0 });
  });

  test('keeps what was edited since its first commit', async () => {
    const folder = scratchFolder();
    writeProject(folder, VERSION_0_1_0);
    const repository = new GeneratedRepository(folder);
    repository.edit('terraform/roles.tf', 'resource', '# Ours.\nresource');
    repository.edit('.gitlab-ci.yml', 'hashicorp/terraform:1.14', 'ghcr.io/opentofu/opentofu:1.11');
    repository.edit('gitlab-aws-oidc.yaml', '- main', '- release');
    const { exitCode, stdout } = await repository.update();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('branch release may now assume gitlab-deploy');
    expect(repository.read('terraform/roles.tf')).toMatch(/^# Ours\.\n[^]*ref:release"/);
    expect(repository.read('.gitlab-ci.yml')).toContain('opentofu:1.11');
    expect(repository.read('.gitlab-ci.yml')).toContain('need no install scripts');
  });
});

test('a repository of version 0.1.0 without git: every difference is a conflict, and nothing is lost', async () => {
  const folder = scratchFolder();
  writeProject(folder, VERSION_0_1_0);
  rmSync(join(folder, '.git'), { recursive: true });
  const repository = new GeneratedRepository(folder);
  repository.edit('terraform/roles.tf', 'resource', '# Ours.\nresource');
  const { exitCode, stdout } = await repository.update();
  expect(exitCode).toBe(1);
  expect(stdout).toContain('git knows no earlier version: every difference is shown as a conflict');
  expect(repository.read('terraform/roles.tf')).toMatch(
    /^<<<<<<< yours\n# Ours\.\n=======\n>>>>>>> generated\nresource/,
  );
});

describe('a repository of a version whose text was another, with a lock file,', () => {
  const OLD_LINE = '# Written by an earlier version.\n';

  /** `terraform/versions.tf` began with a line that this version does not write. */
  function earlier(): GeneratedRepository {
    const repository = GeneratedRepository.of('quickstart', scratchFolder());
    const now = repository.read('terraform/versions.tf');
    const then = `${OLD_LINE}${now}`;
    repository.write('terraform/versions.tf', then);
    repository.edit('gitlab-aws-oidc.lock.json', blobId(now), blobId(then));
    repository.edit('gitlab-aws-oidc.lock.json', '"generator": "', '"generator": "0.');
    return repository;
  }

  test('gets the text of this version where nobody edited', async () => {
    const repository = earlier();
    expect((await repository.update()).exitCode).toBe(0);
    expect(repository.read('terraform/versions.tf')).not.toContain(OLD_LINE);
  });

  test('in git, gets it in edited files too: git knows what was generated', async () => {
    const repository = earlier();
    commitProject(repository.folder);
    repository.edit('terraform/versions.tf', 'required_providers', '# Ours.\n  required_providers');
    expect((await repository.update()).exitCode).toBe(0);
    const text = repository.read('terraform/versions.tf');
    expect(text).toContain('# Ours.');
    expect(text).not.toContain(OLD_LINE);
  });

  test('without git, keeps edited files but for what the answers change', async () => {
    const repository = earlier();
    repository.edit('terraform/versions.tf', 'required_providers', '# Ours.\n  required_providers');
    expect((await repository.update()).exitCode).toBe(0);
    expect(repository.read('terraform/versions.tf')).toContain('# Ours.');
    expect(repository.read('terraform/versions.tf')).toContain(OLD_LINE);
  });
});
