import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { goldenFolder } from '../../support/builders/goldens.ts';
import { run } from '../../support/tools/program.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const MODULE = 'terraform/modules/gitlab-oidc/roles.tf';
const ROOT = 'terraform/accounts/prod/roles.tf';
const FURTHER = 'terraform/accounts/prod/more.tf';
const MORE = 'terraform/accounts/prod/more.tf.json';
const FURTHER_ROLE = `resource "aws_iam_role" "open" {
  name = "open"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = aws_iam_openid_connect_provider.gitlab.arn }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = { StringLike = { "gitlab.com:sub" = "project_path:other/*" } }
    }]
  })
}
`;

/** An edit of what accounts share, or of one of them, and what it comes to. */
interface Edit {
  readonly path: string;
  readonly edit: (text: string) => string;
  /** Lines of `update --check`. */
  readonly effects: readonly string[];
  /** The accounts in which `compare` finds it. */
  readonly accounts: readonly string[];
}

const DEV = '111111111111';
const STAGE = '222222222222';
const PROD = '333333333333';
const EDITS: Readonly<Record<string, Edit>> = {
  'a trust policy of the module': {
    path: MODULE,
    edit: (text) => text.replace('ref:main', 'ref:dev'),
    effects: [
      'dev and stage: shop-deploy: gains: mygroup/shop (id 20): branch dev, protected refs only',
      'dev and stage: shop-deploy: loses: mygroup/shop (id 20): branch main, protected refs only',
    ],
    accounts: [DEV, STAGE],
  },
  'a trust policy of one account': {
    path: ROOT,
    edit: (text) => text.replace('tag:ref:v*', 'tag:ref:*'),
    effects: [
      'prod: shop-deploy: gains: mygroup/shop (id 20): tags *, protected refs only, except tags v*',
    ],
    accounts: [PROD],
  },
  'a condition that is deleted from the module': {
    path: MODULE,
    edit: (text) => text.replace(/ *"gitlab.com:ref_protected" = "true"\n/, ''),
    effects: [
      'dev and stage: shop-deploy: looser: mygroup/shop (id 20): branch main; no longer protected refs only',
    ],
    accounts: [DEV, STAGE],
  },
  'a further role in the module': {
    path: MODULE,
    edit: (text) =>
      text + FURTHER_ROLE.replace('aws_iam_openid_connect_provider.gitlab.arn', 'var.provider_arn'),
    effects: [
      'every account: open: the role is added',
      'every account: open: gains: every project in other: branches * and tags *',
    ],
    accounts: [DEV, STAGE, PROD],
  },
  'a further file of one account': {
    path: FURTHER,
    edit: () => FURTHER_ROLE,
    effects: ['prod: open: gains: every project in other: branches * and tags *'],
    accounts: [PROD],
  },
  'a further file in JSON': {
    path: MORE,
    edit: () =>
      JSON.stringify({
        resource: {
          aws_iam_role_policy_attachment: {
            more: {
              role: '${aws_iam_role.shop_deploy.name}',
              policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
            },
          },
        },
      }),
    effects: [
      'Roles permit more than before.',
      'prod: shop-deploy: gets the policy arn:aws:iam::aws:policy/AdministratorAccess',
    ],
    accounts: [PROD],
  },
  'which accounts have a role': {
    path: 'terraform/accounts/stage/main.tf',
    edit: (text) => text.replace('["shop-deploy"]', '[]'),
    effects: [
      'stage: shop-deploy: the role is removed',
      'stage: shop-deploy: loses: mygroup/shop (id 20): branch main, protected refs only',
    ],
    accounts: [STAGE],
  },
};

function repository(): GeneratedRepository {
  return GeneratedRepository.of('three-accounts', join(scratchFolder(), 'oidc'));
}

function edited({ path, edit }: Pick<Edit, 'path' | 'edit'>): GeneratedRepository {
  const found = repository();
  const text = path === FURTHER || path === MORE ? '' : found.read(path);
  const after = edit(text);
  expect(after).not.toBe(text);
  writeFileSync(join(found.folder, path), after);
  return found;
}

describe.each(Object.entries(EDITS))('an edit by hand of %s', (_, edit) => {
  test('fails update --check with its effect, and the accounts that it reaches', async () => {
    const found = edited(edit);
    const { exitCode, stderr } = await found.update(found.folder, '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`Edited by hand: ${edit.path}\n`);
    for (const effect of edit.effects) expect(stderr).toContain(`\n  ${effect}\n`);
  });

  test('is what compare finds, and no other account', async () => {
    const { folder } = edited(edit);
    const { stdout } = await run(
      ['compare', goldenFolder('three-accounts'), folder, '--json'],
      process.cwd(),
    );
    const { roles } = JSON.parse(stdout) as {
      roles: {
        key: { account: string };
        change: string;
        gains: string;
        loses: string;
        facts: unknown[];
      }[];
    };
    const changed = roles.filter(
      ({ gains, loses, facts }) => gains !== 'no' || loses !== 'no' || facts.length > 0,
    );
    expect(changed.map(({ key }) => key.account).sort()).toEqual(edit.accounts);
  });
});

describe('a trust policy of the module that admits everybody', () => {
  const open = (): GeneratedRepository =>
    edited({
      path: MODULE,
      edit: (text) => text.replace('project_path:mygroup/shop:ref_type:branch:ref:*"', '*"'),
    });

  test('is what lint, explain and audit show', async () => {
    const { folder } = open();
    const lint = await run(['lint', '.'], folder);
    expect(lint.stdout).toContain('"*" admits');
    const explain = await run(['explain', '.'], folder);
    expect(explain.stdout).toMatch(/shop-read +every account +the project with id 20 +any tag/);
    const audit = await run(['audit', '.', '--json'], folder);
    expect(audit.stdout).toContain('\\"*\\" admits');
  });
});

describe('an edit whose effect cannot be evaluated', () => {
  const unknown = (): GeneratedRepository =>
    edited({ path: MODULE, edit: (text) => text.replace('"20"', 'terraform.workspace') });
  const WHY =
    'dev and stage: The trust policy of module.gitlab_oidc.aws_iam_role.shop_deploy[0] cannot be determined: terraform.workspace is not in these files';

  test('fails update --check, which says why', async () => {
    const found = unknown();
    const { exitCode, stderr } = await found.update(found.folder, '--check');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Whether somebody gains access cannot be determined.');
    expect(stderr).toContain('Whether somebody loses access cannot be determined.');
    expect(stderr).toContain(`  ${MODULE}:9: ${WHY}`);
    expect(stderr).not.toContain('the role is removed');
  });

  test.each(['lint', 'explain'])(
    'fails %s, which names the line and the reason',
    async (command) => {
      const { exitCode, stdout } = await run([command, '.'], unknown().folder);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(`${MODULE}:9: `);
      expect(stdout).toContain(WHY);
    },
  );
});

test('a module that is cut off leaves open who loses access', async () => {
  const repository = GeneratedRepository.of('three-accounts', scratchFolder());
  repository.write(MODULE, repository.read(MODULE).slice(0, 700));
  const { exitCode, stderr } = await run(['update', '--check'], repository.folder);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Whether somebody loses access cannot be determined.');
  expect(stderr).not.toContain('loses:');
  expect(stderr).not.toContain('removed');
});

test('an edit passes where the answers accept it by name', async () => {
  const found = edited({ path: MODULE, edit: (text) => text.replace('ref:main', 'ref:dev') });
  const answers = found.read('gitlab-aws-oidc.yaml');
  found.write(
    'gitlab-aws-oidc.yaml',
    `${answers}accepted_edits:\n  - path: ${MODULE}\n    reason: An experiment that ends today\n`,
  );
  await found.update(found.folder, '--yes');
  expect((await found.update(found.folder, '--check')).exitCode).toBe(0);
});

test('comments and white space in the HCL of several accounts deploy nothing', async () => {
  const found = repository();
  const text = found.read(MODULE);
  found.write(MODULE, `# Reviewed by the platform team.\n\n${text}`);
  const { exitCode, stderr } = await run(['lint', '.'], found.folder);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect((await found.update(found.folder, '--check')).exitCode).toBe(0);
});
