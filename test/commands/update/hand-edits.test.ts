import { renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { goldenFolder } from '../../support/builders/goldens.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const ROLES = 'terraform/roles.tf';

function repository(): GeneratedRepository {
  return GeneratedRepository.of('quickstart', join(scratchFolder(), 'oidc'));
}

function opened(): GeneratedRepository {
  const found = repository();
  const text = found.read(ROLES);
  const condition = /Condition = \{[\s\S]*?\n {8}\}\n/;
  found.write(
    ROLES,
    text.replace(
      condition,
      'Condition = {\n          StringLike = {\n            "gitlab.com:sub" = "project_path:tiny*"\n          }\n        }\n',
    ),
  );
  return found;
}

describe('an edit by hand that opens a role', () => {
  test('fails update --check with its effect', async () => {
    const found = opened();
    const { exitCode, stderr } = await found.update(found.folder, '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Edited by hand: ${ROLES}\n  Somebody gains access.\n`);
    expect(stderr).toContain('gains: every project whose path matches tiny*');
  });

  test('is what lint checks', async () => {
    const { exitCode, stdout, stderr } = await run(['lint', '.'], opened().folder);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('OIDC004 group-without-slash');
    expect(stderr).toContain('terraform is not as gitlab-aws-oidc.yaml says');
  });

  test('is what explain shows', async () => {
    const { stdout } = await run(['explain', '.'], opened().folder);
    expect(stdout).toContain('tiny*');
    expect(stdout).not.toContain('mygroup/myproject');
  });

  test('passes where the answers accept it by name', async () => {
    const found = opened();
    const answers = found.read('gitlab-aws-oidc.yaml');
    found.write(
      'gitlab-aws-oidc.yaml',
      `${answers}accepted_edits:\n  - path: ${ROLES}\n    reason: An experiment that ends today\n`,
    );
    await found.update(found.folder, '--yes');
    expect((await found.update(found.folder, '--check')).exitCode).toBe(0);
  });
});

test.each(['org/rcp.json', 'org/scp.json'])('an edit of %s is reported', async (path) => {
  const found = GeneratedRepository.of('organization', join(scratchFolder(), 'oidc'));
  found.write(path, found.read(path).slice(0, 200));
  const { exitCode, stderr } = await found.update(found.folder, '--check');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`Edited by hand: ${path}\n  what the organization denies is not`);
});

describe('an edit by hand in a repository that guards an organization', () => {
  const LOST = 'loses: mygroup/shop (id 20): branch main, protected refs only';

  /** The role of a project, opened to one of another group. */
  function openedToOthers(): GeneratedRepository {
    const found = GeneratedRepository.of('organization', join(scratchFolder(), 'oidc'));
    found.edit(ROLES, 'project_path:mygroup/shop:', 'project_path:evil/shop:');
    return found;
  }

  /** What update and compare show of it, without their signs. */
  async function effectsIn({ folder }: GeneratedRepository): Promise<string[][]> {
    const asked = [
      run(['update', folder, '--check'], folder),
      run(['compare', resolve(goldenFolder('organization')), folder], folder),
    ];
    return (await Promise.all(asked)).map(({ stdout, stderr }) =>
      [...`${stdout}${stderr}`.matchAll(/(?:gains|loses): .*/g)].map(([effect]) => effect),
    );
  }

  test('has the effect that the RCP leaves of it, as compare shows', async () => {
    const gained = 'gains: evil/shop (id 20): branch main, protected refs only, namespace_id 77';
    const [update, compare] = await effectsIn(openedToOthers());
    expect(update).toEqual([gained, LOST]);
    expect(compare).toEqual(update);
  });

  test('admits nobody where the RCP denies them all, and is reported', async () => {
    const found = openedToOthers();
    const guard = found.read('org/rcp.json').replace(/,\s*"StringNotEquals": \{[^}]*\}/, '');
    found.write('org/rcp.json', guard);
    const { exitCode, stderr } = await found.update(found.folder, '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Edited by hand: ${ROLES}\n  Nobody gains access:`);
    expect(stderr).toContain('Assumed to hold for the roles: RCP org/rcp.json');
    expect(await effectsIn(found)).toEqual([[LOST], [LOST]]);
  });
});

describe('update without --check', () => {
  const effect = `Edited by hand: ${ROLES}\n  Somebody gains access.\n`;

  test.each([['--dry-run'], ['--yes']])('%s reports the edit with its effect', async (flag) => {
    const found = opened();
    const { exitCode, stdout, stderr } = await found.update(found.folder, flag);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(effect);
    expect(stdout).toContain('Nothing to change but your edits, which are kept.');
    expect(found.read(ROLES)).toContain('project_path:tiny*');
  });

  test('so does its JSON, for other programs', async () => {
    const found = opened();
    const { stdout } = await found.update(found.folder, '--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ handEdits: [{ paths: [ROLES] }] });
  });

  test('a repository without edits has none', async () => {
    const found = repository();
    const { stderr, stdout } = await found.update(found.folder, '--dry-run', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ handEdits: [] });
  });
});

test.each(['lint', 'explain'])('%s refuses a link in the place of terraform', async (command) => {
  const found = repository();
  renameSync(join(found.folder, 'terraform'), join(found.folder, 'moved'));
  symlinkSync('moved', join(found.folder, 'terraform'));
  const { exitCode, stderr } = await run([command, '.'], found.folder);
  expect(stderr).toContain('It is a symbolic link.');
  expect(exitCode).toBe(2);
});

describe('an edit of the settings of Terraform that are not resources', () => {
  const STATE = 'the state is kept in another place';
  const ACCOUNT = 'Terraform signs in to AWS in another way, so this may reach another account';
  const S3 = 'terraform {\n\tbackend "s3" {\n\t\tbucket = "other"\n\t}\n}\n';
  const ASSUME =
    'provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::999999999999:role/x"\n  }\n}\n';

  test.each([
    ['a backend in a file that was added', 'terraform/backend_override.tf', S3, STATE],
    [
      'a backend in JSON',
      'terraform/x_override.tf.json',
      '{"terraform": {"backend": {"s3": {"bucket": "other"}}}}',
      STATE,
    ],
    ['HCP Terraform', 'terraform/cloud.tf', 'terraform {\n  cloud {\n  }\n}\n', STATE],
    ['a role to assume', 'terraform/providers_override.tf', ASSUME, ACCOUNT],
    [
      'an endpoint, in JSON',
      'terraform/p_override.tf.json',
      '{"provider": {"aws": [{"endpoints": [{"iam": "https://iam.example"}]}]}}',
      ACCOUNT,
    ],
  ])('fails update --check: %s', async (_, path, text, effect) => {
    const found = repository();
    found.write(path, text);
    const { exitCode, stderr } = await found.update(found.folder, '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Edited by hand: ${path}\n  ${effect}\n`);
  });

  test.each([
    ['tags', 'provider "aws" {\n  default_tags {\n    tags = { team = "web" }\n  }\n}\n'],
    ['a version', 'terraform {\n  required_version = ">= 1.11"\n}\n'],
  ])('passes where it is about something else: %s', async (_, text) => {
    const found = repository();
    found.write('terraform/more_override.tf', text);
    expect((await found.update(found.folder, '--check')).exitCode).toBe(0);
  });

  test('passes where a block only moved to another file', async () => {
    const found = GeneratedRepository.of('plan-and-apply', join(scratchFolder(), 'oidc'));
    const versions = found.read('terraform/versions.tf');
    const backend = /\n {2}backend [\s\S]*?\n {2}\}\n/.exec(versions)?.[0] ?? '';
    expect(backend).not.toBe('');
    found.write('terraform/versions.tf', versions.replace(backend, '\n'));
    found.write('terraform/backend.tf', `terraform {${backend}}\n`);
    expect((await found.update(found.folder, '--check')).exitCode).toBe(0);
  });
});

test('a provider with another audience does not make the trust policy another one', async () => {
  const found = repository();
  found.edit(
    'terraform/oidc-provider.tf',
    '["https://gitlab.com"]',
    '["vault", "https://gitlab.com"]',
  );
  const { exitCode, stderr } = await found.update(found.folder, '--check');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('accepts the audience vault');
  expect(stderr).not.toContain('written differently');
});

test('a value from terraform.tfvars is reported with its folder', async () => {
  const found = repository();
  found.edit(ROLES, '"gitlab.com:project_id"    = "20"', '"gitlab.com:project_id"    = var.id');
  found.write('terraform/variables.tf', 'variable "id" {\n  default = "20"\n}\n');
  found.write('terraform/terraform.tfvars', 'id = "21"\n');
  const { stderr } = await found.update(found.folder, '--check');
  expect(stderr).toContain('  var.id of terraform may be given another value than the files have');
});

test.each(['update --check', 'lint .', 'explain .'])(
  'what only OpenTofu reads is reported by %s',
  async (command) => {
    const found = repository();
    found.write('terraform/roles.tofu', found.read(ROLES).replace(/"20"/, '"21"'));
    const { exitCode, stdout, stderr } = await run(command.split(' '), found.folder);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toContain('terraform/roles.tofu: ');
    expect(stdout + stderr).toContain('OpenTofu reads this file and Terraform does not');
  },
);

test('an edit by hand that changes no access passes', async () => {
  const found = repository();
  found.write(ROLES, `# Reviewed by the platform team.\n${found.read(ROLES)}`);
  expect((await found.update(found.folder, '--check')).exitCode).toBe(0);
});

test('a file that attaches a policy to a role is found', async () => {
  const found = repository();
  found.write(
    'terraform/more.tf',
    'resource "aws_iam_role_policy_attachment" "more" {\n  role       = aws_iam_role.gitlab_deploy.name\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n}\n',
  );
  const { exitCode, stderr } = await found.update(found.folder, '--check');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('gets the policy arn:aws:iam::aws:policy/AdministratorAccess');
});

test('an edit of the TypeScript cannot be evaluated, and fails', async () => {
  const found = repository();
  const file = 'lib/gitlab-oidc-stack.ts';
  found.write(file, `${found.read(file)}\n// Edited.\n`);
  const { exitCode, stderr } = await found.update(resolve(found.folder), '--check');
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`Edited by hand: ${file}\n  its effect on access cannot be evaluated\n`);
});

describe('an edit of a trust policy that admits the same tokens', () => {
  /** The provider accepts one audience alone. */
  function withoutAudience(): GeneratedRepository {
    const found = repository();
    found.write(ROLES, found.read(ROLES).replace(/^ *"gitlab\.com:aud".*\n/m, ''));
    return found;
  }

  test('fails update --check, which says that nobody gains', async () => {
    const { exitCode, stderr } = await withoutAudience().update('--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `Edited by hand: ${ROLES}\n  Nobody gains or loses access: 1 role compared exactly.\n  gitlab-deploy: the trust policy is written differently\n`,
    );
  });

  test.each(['lint', 'explain'])('is what %s looks at', async (command) => {
    const { stderr } = await run([command, '.'], withoutAudience().folder);
    expect(stderr).toContain('terraform is not as gitlab-aws-oidc.yaml says');
    expect(stderr).toContain('Nobody gains or loses access');
  });

  test('is none where only the order of values and statements differs', async () => {
    const found = repository();
    const lines = /( *"gitlab\.com:aud".*\n)( *"gitlab\.com:sub".*\n)/;
    found.write(ROLES, found.read(ROLES).replace(lines, '$2$1'));
    expect((await found.update('--check')).exitCode).toBe(0);
  });
});
