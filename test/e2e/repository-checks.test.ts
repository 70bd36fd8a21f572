import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERSION } from '../../src/version.ts';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { gitlabCiLocal, gitlabCiLocalTools } from '../support/tools/gitlab-ci-local.ts';
import { NpmRegistry } from '../support/stand-ins/npm-registry.ts';
import { Lanes } from '../support/tools/lanes.ts';
import { describeWith } from '../support/tools/required-tools.ts';

describeWith(gitlabCiLocalTools(), 'the pipeline of a generated repository, without AWS', () => {
  let scratch: string;
  let registry: NpmRegistry;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'repository-checks-'));
    registry = await NpmRegistry.start(scratch);
  });

  afterAll(async () => {
    await registry.stop();
    rmSync(scratch, { recursive: true });
  });

  const repository = (name: string) =>
    GeneratedRepository.of('quickstart', join(scratch, name), { git: true });

  /** A repository whose pipeline runs the program as it is now, by an answer. */
  async function withGenerator(name: string, integrity: string): Promise<GeneratedRepository> {
    const changed = repository(name);
    changed.edit(
      'gitlab-aws-oidc.yaml',
      'ci:\n',
      `ci:\n  generator: { package: create-gitlab-aws-oidc@${VERSION}, integrity: ${integrity} }\n`,
    );
    await changed.update();
    return changed;
  }

  const job = ({ folder }: GeneratedRepository, name: string, variables = {}) =>
    gitlabCiLocal(folder, [name, '--force-shell-executor', '--shell-isolation'], variables);

  /** The job has a machine of its own each time, where npm has kept nothing. */
  const inSync = (of: GeneratedRepository) =>
    job(of, 'in-sync', {
      npm_config_registry: registry.url,
      npm_config_cache: mkdtempSync(join(scratch, 'cache-')),
    });

  /** What each of the pipelines comes to; most of the time they wait for npm. */
  const PIPELINES = {
    asGenerated: async () => inSync(await withGenerator('as-generated', registry.integrity)),
    changed: async () => {
      const changed = await withGenerator('changed', registry.integrity);
      changed.edit('gitlab-aws-oidc.yaml', '- main', '- main\n        - stable');
      return inSync(changed);
    },
    other: async () => inSync(await withGenerator('other', `sha512-${'A'.repeat(86)}==`)),
    cdktf: () => job(repository('cdktf'), 'validate-cdktf'),
  };
  type Name = keyof typeof PIPELINES;
  const NAMES: readonly Name[] = ['cdktf', 'asGenerated', 'changed', 'other'];
  const pipelines = new Lanes(2, NAMES, (name) => PIPELINES[name]());

  test('finds that everything is what the answers say', async () => {
    const { exitCode, output } = await pipelines.of('asGenerated');
    expect(output).toContain('Nothing to change: everything is as gitlab-aws-oidc.yaml says.');
    expect(exitCode).toBe(0);
  });

  test('finds answers that nothing was generated for yet, and says who would gain access', async () => {
    const { exitCode, output } = await pipelines.of('changed');
    expect(output).toContain('branch stable');
    expect(exitCode).toBe(1);
  });

  test('runs no package that differs from the one whose integrity the answers give', async () => {
    const { exitCode, output } = await pipelines.of('other');
    expect(output).toContain('The package does not match ci.generator.integrity');
    expect(output).not.toMatch(/added \d+ package|Nothing to change/);
    expect(exitCode).toBe(1);
  });

  test("compiles and synthesizes the CDKTF app from a fresh install, no package's script run", async () => {
    const { exitCode, output } = await pipelines.of('cdktf');
    expect(output).toMatch(/added \d+ packages/);
    expect(output).toContain('$ npx tsx main.ts');
    expect(exitCode).toBe(0);
  });
});
