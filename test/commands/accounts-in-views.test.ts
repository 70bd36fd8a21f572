import { describe, expect, test } from '@jest/globals';
import { answersText } from '../../src/answers/write.ts';
import type { Answers } from '../../src/answers/schema.ts';
import { answers, role } from '../support/builders/answers.ts';
import { goldenFolder } from '../support/builders/goldens.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const scratchFolder = scratchFolders();

const NAMES = [...Array.from({ length: 38 }, (_, at) => `team-${at + 1}`), 'stage', 'prod'];

/** Forty accounts with two roles: one is the same in all, one is different in two. */
function forty(change: Partial<Answers> = {}): Answers {
  const refs = (tag: string) => ({ refs: { tags: [tag], protected_only: true } });
  return answers({
    aws: { region: 'eu-west-1' },
    accounts: NAMES.map((name, at) => ({ name, id: String(100_000_000_000 + at) })),
    roles: [
      role({
        name: 'deploy',
        projects: [{ path: 'acme/web', id: 20 }],
        refs: { branches: ['main'], protected_only: true },
        differences: { stage: refs('rc'), prod: refs('v1') },
      }),
      role({ name: 'read', projects: [{ path: 'acme/web', id: 20 }], refs: { branches: ['*'] } }),
    ],
    ...change,
  });
}

function file(given: Answers): string {
  const path = join(scratchFolder(), 'gitlab-aws-oidc.yaml');
  writeFileSync(path, answersText(given));
  return path;
}

const program = async (...args: string[]) => run(args, scratchFolder());

describe('roles that are the same in many accounts are reported once', () => {
  test('by explain: in a table of 80 columns, those that differ beside them', async () => {
    const { stdout } = await program('explain', file(forty()));
    expect(stdout).toBe(
      `Role    Accounts       Who               From
deploy  38 accounts    acme/web (id 20)  branch main, protected refs only
deploy  stage          acme/web (id 20)  tag rc, protected refs only
deploy  prod           acme/web (id 20)  tag v1, protected refs only
read    every account  acme/web (id 20)  any branch
`,
    );
  });

  test('by explain, in Markdown: with the names of the accounts that differ', async () => {
    const { stdout } = await program('explain', file(forty()), '--format', 'markdown');
    expect(stdout).toContain('| `deploy` | every account except stage and prod |');
    expect(stdout.match(/`deploy`/g)).toHaveLength(3);
  });

  test('by explain, of a job', async () => {
    const job = ['--project', 'acme/web', '--branch', 'main', '--protected'];
    const { stdout } = await program('explain', file(forty()), ...job);
    expect(stdout).toContain('deploy in every account except stage and prod: allowed');
    expect(stdout).toContain('stage/deploy: denied');
    expect(stdout).toContain('prod/deploy: denied');
    expect(stdout).toContain('read in every account: allowed');
  });

  test('by lint, for a repository', async () => {
    const { stdout } = await program('lint', resolve(goldenFolder('three-accounts')));
    expect(stdout).toContain('shop-read in every account: caution');
  });

  test('by compare, with a command that checks one of them', async () => {
    const [deploy = role(), read = role()] = forty().roles;
    const wider = { ...deploy, refs: { branches: ['main', 'next'], protected_only: true } };
    const [before, after] = [file(forty()), file(forty({ roles: [wider, read] }))];
    const { stdout } = await program('compare', before, after);
    expect(stdout).toContain('\ndeploy in every account except stage and prod\n  + gains: ');
    expect(stdout).toContain('--role team-1/deploy');
    expect(stdout.match(/gains: /g)).toHaveLength(1);
  });

  test('by the notices before a deploy', async () => {
    const { stdout } = await program(
      'create',
      'x',
      '--dry-run',
      '--yes',
      '--config',
      file(forty()),
    );
    expect(stdout).toContain('! read in every account: OIDC103');
    expect(stdout).toMatch(
      /deploy in every account except stage and prod\n[^]*deploy in stage\n[^]*deploy in prod\n[^]*read in every account\n/,
    );
  });
});

test('the JSON of explain has every role of every account', async () => {
  const { stdout } = await program('explain', file(forty()), '--format', 'json');
  expect((JSON.parse(stdout) as { roles: object[] }).roles).toHaveLength(80);
});

describe('--account', () => {
  const golden = resolve(goldenFolder('three-accounts'));

  test('of explain shows the roles of one, by its name or ID', async () => {
    const byName = await program('explain', golden, '--account', 'prod');
    const byId = await program('explain', golden, '--account', '333333333333');
    expect(byName.stdout).toContain('any tag whose name begins with v');
    expect(byName.stdout).not.toContain('branch main');
    expect(byId.stdout).toBe(byName.stdout);
  });

  test('of doctor names the account of a role', async () => {
    const job = ['--project', 'mygroup/shop', '--branch', 'main', '--protected'];
    const asked = ['doctor', golden, ...job, '--role', 'shop-deploy', '--json', '--account'];
    const { stdout } = await program(...asked, 'prod');
    expect(stdout).toContain('arn:aws:iam::333333333333:role/shop-deploy');
    expect(stdout).toContain('roles[0].differences.prod.refs.branches');
    const byId = await program(...asked, '111111111111');
    expect(byId.stdout).toContain('arn:aws:iam::111111111111:role/shop-deploy');
  });

  test('of doctor names the account of a role of the pipeline, too', async () => {
    const repository = resolve(goldenFolder('bootstrapped-accounts'));
    const job = ['--project', 'mygroup/platform/aws-access', '--branch', 'main', '--protected'];
    const role = ['--role', 'gitlab-apply', '--account', 'prod'];
    const { stdout } = await program('doctor', repository, ...job, ...role, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      checks: expect.arrayContaining([
        expect.objectContaining({
          id: 'DOC002',
          text: 'arn:aws:iam::333333333333:role/gitlab-bootstrap/gitlab-apply is well-formed',
        }),
        expect.objectContaining({ id: 'DOC015', status: 'ok' }),
      ]),
    });
  });

  test('of doctor is asked for by all names, however short one of them is', async () => {
    const accounts = [{ name: 'qa' }, { name: 'production' }];
    const path = file(forty({ accounts, roles: [role()] }));
    const job = ['--project', 'acme/web', '--branch', 'main', '--role', 'deploy'];
    const { exitCode, stderr } = await program('doctor', path, ...job);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The role is in 2 accounts.\n  Use one of qa, production.');
  });

  test('of doctor is asked for where a role was not named, and the answers say who issues the token', async () => {
    const gitlab = { url: 'https://gitlab.example.test' };
    const path = file(forty({ gitlab, roles: [role(), role({ name: 'read' })] }));
    const { stdout } = await program('doctor', path, '--project', 'acme/web', '--tag', 'v1');
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain('or --role (and --account, where it is in several)');
    expect(words).toContain('Assumed: aud https://gitlab.example.test');
    expect(words).toContain('https://gitlab.example.test/.well-known/openid-configuration');
  });

  test.each([
    ['explain', ['--account', 'pord'], 'Did you mean prod?'],
    ['explain', ['--account', 'elsewhere'], 'Use one of dev, stage, prod'],
    ['explain', ['--account', 'prod', '--role', 'shop-depoy'], 'Did you mean shop-deploy?'],
    ['doctor', ['--role', 'shop-deploy'], 'The role is in 3 accounts.'],
    ['doctor', ['--role', 'shop-deploy', '--account', 'pord'], 'Did you mean prod?'],
    ['doctor', ['--account', 'prod'], 'Add --role'],
    [
      'doctor',
      ['--role', 'sandbox', '--account', 'prod'],
      'The role is not in the account "prod".',
    ],
    ['doctor', ['--role', 'sandbax'], 'Did you mean sandbox?'],
  ])('of %s, given as %j, is refused', async (command, flags, text) => {
    const job = ['--project', 'mygroup/shop', '--branch', 'main'];
    const { exitCode, stderr } = await program(command, golden, ...job, ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(text);
  });
});
