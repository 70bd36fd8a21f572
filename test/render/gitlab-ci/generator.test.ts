import { describe, expect, test } from '@jest/globals';
import { emittedCiFiles, parseCiFile, type CiFile } from '../../support/builders/ci-file.ts';
import { renderVariant, variants } from '../../support/builders/ci-variants.ts';
import { blueprintOfGolden, committedFiles, GOLDENS } from '../../support/builders/goldens.ts';

const WITH_GENERATOR = GOLDENS.filter((name) => blueprintOfGolden(name).ci.generator !== undefined);

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
const PACKAGE = '@acme/create-gitlab-aws-oidc@1.2.3';

function pipeline(generator?: unknown): CiFile {
  const ci = { credentials: 'web-identity', ...(generator !== undefined && { generator }) };
  return parseCiFile(renderVariant({ ci }).get('.gitlab-ci.yml') ?? '');
}

const INSTALL = [['.generator', 'script']];
const scriptOf = (generator: unknown) => pipeline(generator)['.generator']?.script;

describe('without a generator nothing runs this program from a registry', () => {
  test.each([
    ['left out', undefined],
    ['none', 'none'],
  ])('%s: no job needs it', (_what, generator) => {
    expect(pipeline(generator)).not.toHaveProperty('in-sync');
  });

  const downloads = /\b(npx|npm exec|npm install|npm i|npm pack)\b.*create-gitlab-aws-oidc/;

  test.each([
    ...emittedCiFiles(),
    ...variants.map(({ name, files }): [string, string] => [name, [...files.values()].join('\n')]),
  ])('%s names no command that downloads it', (path, text) => {
    if (WITH_GENERATOR.some((name) => path.startsWith(`${name}/`))) return;
    expect(text).not.toMatch(downloads);
  });

  test.each(GOLDENS.filter((name) => !WITH_GENERATOR.includes(name)))(
    'nor does the README of %s',
    (name) => {
      expect(committedFiles(name).get('README.md')).not.toMatch(downloads);
    },
  );
});

describe('with a generator', () => {
  test('an npm package is downloaded, checked, and installed without scripts or anything else', () => {
    expect(scriptOf({ package: PACKAGE, integrity: INTEGRITY })).toEqual([
      'generator="$(mktemp -d)"',
      'npm pack --ignore-scripts --pack-destination "$generator" @acme/create-gitlab-aws-oidc@1.2.3',
      `if [ "sha512-$(openssl dgst -sha512 -binary "$generator"/*.tgz | openssl base64 -A)" != ${INTEGRITY} ]; then
  echo 'The package does not match ci.generator.integrity in gitlab-aws-oidc.yaml.' >&2
  exit 1
fi
`,
      'npm install --offline --ignore-scripts --no-audit --no-fund --prefix "$generator" "$generator"/*.tgz',
    ]);
  });

  test('then the job compares the repository with its answers', () => {
    expect(pipeline({ package: PACKAGE })['in-sync']?.script).toEqual([
      ...INSTALL,
      '"$generator/node_modules/.bin/create-gitlab-aws-oidc" update --check',
    ]);
  });

  test('a tarball is downloaded over https alone: npm takes an address at gitlab.com for a git repository', () => {
    const url = 'https://gitlab.com/api/v4/projects/1/packages/generic/oidc/1.2.3/oidc.tgz';
    expect(scriptOf({ package: url, integrity: INTEGRITY })?.[1]).toBe(
      `curl --fail --silent --show-error --location --proto =https --output "$generator/package.tgz" ${url}`,
    );
  });

  test('the job that runs it holds no ID token', () => {
    const job = pipeline({ package: PACKAGE })['in-sync'];
    expect(job).not.toHaveProperty('id_tokens');
    expect(job).not.toHaveProperty('extends');
  });
});

describe('the plan is checked before it is applied', () => {
  const STATE = { backend: 's3', bucket: 'state', key: 'oidc.tfstate' };
  const withPlan = (changes: Record<string, unknown>) =>
    parseCiFile(
      renderVariant({
        state: STATE,
        ci: { credentials: 'web-identity', generator: { package: PACKAGE, integrity: INTEGRITY } },
        ...changes,
      }).get('.gitlab-ci.yml') ?? '',
    );

  test('by a job that comes between, has no ID token, and gets nothing but the plan', () => {
    const job = withPlan({})['lint-plan'];
    expect(job?.needs).toEqual(['plan']);
    expect(job?.script).toEqual([
      ...INSTALL,
      '"$generator/node_modules/.bin/create-gitlab-aws-oidc" lint terraform --fail-on error --issuer https://gitlab.example.com\n',
      'sha256sum terraform/plan.tfplan > terraform/checked.sha256',
    ]);
    for (const key of ['id_tokens', 'extends', 'variables', 'before_script'])
      expect(job).not.toHaveProperty(key);
  });

  test('the plan is kept in the form that is checked, for those who may download it anyway', () => {
    const { plan } = withPlan({});
    expect(plan?.script?.at(-1)).toBe(
      'terraform -chdir=terraform show -json plan.tfplan > terraform/plan.json',
    );
    expect(plan?.artifacts).toMatchObject({
      access: 'developer',
      paths: ['terraform/plan.tfplan', 'terraform/plan.json', 'terraform/.terraform.lock.hcl'],
    });
  });

  test('apply waits for it', () => {
    expect(withPlan({})['apply']?.needs).toEqual(['plan', 'lint-plan']);
    expect(withPlan({})['stages']).toEqual(['validate', 'plan', 'lint', 'apply']);
  });

  test('of a self-managed GitLab, by its address', () => {
    const gitlab = { url: 'https://git.acme.io/code' };
    expect(withPlan({ gitlab })['lint-plan']?.script?.at(1)).toMatch(
      /--issuer https:\/\/git\.acme\.io\/code\n$/,
    );
  });

  test('without a generator, nothing runs this program and apply waits for the plan alone', () => {
    const own = withPlan({ ci: { credentials: 'web-identity' } });
    expect(own).not.toHaveProperty('lint-plan');
    expect(own['apply']?.needs).toEqual(['plan']);
    expect(own['plan']?.artifacts).toMatchObject({
      paths: ['terraform/plan.tfplan', 'terraform/.terraform.lock.hcl'],
    });
  });

  test('with a local state there is no plan to check', () => {
    expect(withPlan({ state: { backend: 'local' } })).not.toHaveProperty('lint-plan');
  });
});
