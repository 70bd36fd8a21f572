import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const MODULE = 'terraform/modules/gitlab-oidc/roles.tf';
const FURTHER = 'terraform/accounts/prod/more.tf';

function repository(): GeneratedRepository {
  return GeneratedRepository.of('three-accounts', join(scratchFolder(), 'oidc'));
}

/** An edit of what all accounts share, and a file that nobody generated. */
const EDITS: readonly (readonly [what: string, path: string, edit: (text: string) => string])[] = [
  ['the module', MODULE, (text) => text.replace('ref:main', 'ref:dev')],
  ['the root of an account', 'terraform/accounts/prod/roles.tf', (text) => text.replace('v*', '*')],
  ['a further file', FURTHER, () => 'resource "aws_iam_role" "open" {}\n'],
];

function edited(path: string, edit: (text: string) => string): GeneratedRepository {
  const found = repository();
  const text = path === FURTHER ? '' : found.read(path);
  const after = edit(text);
  expect(after).not.toBe(text);
  writeFileSync(join(found.folder, path), after);
  return found;
}

describe.each(EDITS)('an edit by hand of %s of several accounts', (_, path, edit) => {
  test('fails update --check, which says that its effect is not known', async () => {
    const found = edited(path, edit);
    const { exitCode, stderr } = await found.update(found.folder, '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `Edited by hand: ${path}\n  its effect on access cannot be evaluated\n`,
    );
  });

  test.each(['lint', 'explain'])('is named by %s, which fails', async (command) => {
    const { exitCode, stdout } = await run([command, '.'], edited(path, edit).folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${path}: not read`);
    expect(stdout).toContain('what it deploys is not known');
  });
});

test('comments and white space in the HCL of several accounts deploy nothing', async () => {
  const found = repository();
  const text = found.read(MODULE);
  found.write(MODULE, `# Reviewed by the platform team.\n\n${text}`);
  const { exitCode } = await run(['lint', '.'], found.folder);
  expect(exitCode).toBe(0);
});
