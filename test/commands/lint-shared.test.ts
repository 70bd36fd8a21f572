import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

function repository(golden = 'three-accounts'): GeneratedRepository {
  return GeneratedRepository.of(golden, join(scratchFolder(), 'oidc'));
}

/** Adds a fourth account, which gets the shared roles, and updates the repository. */
async function withFourthAccount(found: GeneratedRepository): Promise<void> {
  found.edit(
    'gitlab-aws-oidc.yaml',
    '  - name: prod\n',
    '  - name: test\n    id: "444444444444"\n  - name: prod\n',
  );
  found.edit(
    'gitlab-aws-oidc.yaml',
    '    - dev\n    - stage\n',
    '    - dev\n    - test\n    - stage\n',
  );
  expect((await found.update('--yes')).exitCode).toBe(0);
}

interface Report {
  readonly policies: readonly {
    readonly name: string;
    readonly accounts: readonly string[];
    readonly findings: readonly { readonly id: string; readonly accounts: readonly string[] }[];
  }[];
}

const fingerprints = async ({ folder }: GeneratedRepository) => {
  const { stdout } = await run(['lint', '.', '--format', 'codequality'], folder);
  return (JSON.parse(stdout) as { fingerprint: string }[]).map((one) => one.fingerprint).sort();
};

describe('a finding of a role that several accounts share', () => {
  test('is there once, with the accounts', async () => {
    const { stdout } = await run(['lint', '.'], repository().folder);
    expect(stdout).toContain('shop-read in every account: caution\n  warning OIDC103 any-ref\n');
    expect(stdout).toContain('0 errors, 2 warnings in 4 policies');
  });

  test('is there once in JSON, SARIF and Code Quality', async () => {
    const { folder } = repository();
    const report = JSON.parse((await run(['lint', '.', '--json'], folder)).stdout) as Report;
    const shared = report.policies.find(({ name }) => name === 'shop-read');
    const accounts = ['111111111111', '222222222222', '333333333333'];
    expect(shared).toMatchObject({ accounts, findings: [{ id: 'OIDC103', accounts }] });
    const sarif = JSON.parse((await run(['lint', '.', '--format', 'sarif'], folder)).stdout) as {
      runs: { results: { properties?: object }[] }[];
    };
    expect(sarif.runs[0]?.results.map(({ properties }) => properties)).toEqual([
      { accounts },
      undefined,
    ]);
    expect(await fingerprints(repository())).toHaveLength(2);
  });

  test('names its accounts where it holds for some of them', async () => {
    const found = repository();
    found.edit(
      'terraform/accounts/stage/main.tf',
      'region       = "eu-west-1"',
      'region       = "eu-west-1"\n  project      = "*"',
    );
    found.write(
      'terraform/modules/gitlab-oidc/more.tf',
      'variable "project" {\n  type    = string\n  default = "20"\n}\n',
    );
    found.edit(
      'terraform/modules/gitlab-oidc/roles.tf',
      '"gitlab.com:sub" = "project_path:mygroup/shop:ref_type:branch:ref:*"',
      '"gitlab.com:sub" = var.project == "*" ? "*" : "project_path:mygroup/shop:ref_type:branch:ref:*"',
    );
    const report = JSON.parse((await run(['lint', '.', '--json'], found.folder)).stdout) as Report;
    const shared = report.policies.find(({ name }) => name.endsWith('shop_read'));
    expect(shared?.accounts).toHaveLength(3);
    expect(shared?.findings.map(({ accounts }) => accounts)).toContainEqual(['222222222222']);
  });

  test('keeps its fingerprint, and its place in the baseline, where an account is added', async () => {
    const found = repository();
    const before = await fingerprints(found);
    await run(['lint', '.', '--write-baseline', 'baseline.json'], found.folder);
    await withFourthAccount(found);
    expect(await fingerprints(found)).toEqual(before);
    const args = ['lint', '.', '--baseline', 'baseline.json', '--fail-on', 'warning'];
    const { exitCode, stdout } = await run(args, found.folder);
    expect(stdout).toContain('0 errors, 0 warnings in 4 policies; 2 in the baseline');
    expect(exitCode).toBe(0);
  });
});

describe('the roles of the pipeline', () => {
  test.each(['lint', 'explain'])('are among those of %s', async (command) => {
    const { stdout } = await run([command, '.'], repository('organization').folder);
    expect(stdout).toContain('gitlab-plan');
    expect(stdout).toContain('gitlab-apply');
  });

  test('may be asked about a job', async () => {
    const args = [
      'explain',
      '.',
      '--role',
      'gitlab-apply',
      '--project',
      'mygroup/platform/gitlab-aws-oidc',
    ];
    const { stdout } = await run(
      [...args, '--branch', 'main', '--protected', '--claim', 'project_id=42'],
      repository('organization').folder,
    );
    expect(stdout).toContain('gitlab-apply: allowed');
  });

  test('are compared between repositories, and not with a plan', async () => {
    const [one, other] = [repository('organization'), repository('organization')];
    const both = await run(['compare', one.folder, other.folder], process.cwd());
    expect(both.stdout).toContain('4 roles compared exactly');
    const hcl = await run(['compare', one.folder, join(one.folder, 'terraform')], process.cwd());
    expect(hcl.stdout).toContain('2 roles compared exactly');
  });
});
