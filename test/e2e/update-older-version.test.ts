import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { Deployment } from '../support/tools/deployment.ts';
import { writeProject } from '../support/tools/git-project.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';

/** A repository as an earlier version generated it. */
function repositoryOf(version: string): Record<string, string> {
  const file = new URL(`../commands/update/repository-${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

describeWith([terraform, moto], 'what an earlier version generated and Terraform deployed', () => {
  let scratch: string;
  let aws: MotoServer;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'older-version-'));
    aws = await MotoServer.start();
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(scratch, { recursive: true });
  });

  test.each(['0.1.0', '0.2.0'])(
    'by version %s: an update keeps edits and comments, and the plan after it is empty',
    async (version) => {
      const folder = join(scratch, version);
      writeProject(folder, repositoryOf(version));
      const repository = new GeneratedRepository(folder);
      repository.edit(
        'terraform/roles.tf',
        'resource "aws_iam_role" ',
        '# Ours.\nresource "aws_iam_role" ',
      );
      repository.edit(
        'terraform/roles.tf',
        '  assume_role_policy',
        '  max_session_duration = 7200\n\n  assume_role_policy',
      );
      repository.edit('gitlab-aws-oidc.yaml', 'roles:\n', '# Ours.\nroles:\n');
      const deployment = new Deployment(folder, aws);
      await deployment.init();
      await deployment.apply();

      const { exitCode, stdout } = await repository.update();
      expect(exitCode).toBe(0);
      expect(stdout).toContain('What changes in access\n  nothing\n');
      const answers = repository.read('gitlab-aws-oidc.yaml');
      expect(answers).toContain('# Ours.\nroles:\n');
      expect(answers).toContain('version: 2\n');
      const roles = repository.read('terraform/roles.tf');
      expect(roles).toContain('# Ours.\nresource "aws_iam_role" ');
      expect(roles).toContain('  max_session_duration = 7200\n');
      await deployment.init();
      expect(await deployment.plan()).toEqual([]);
      await deployment.destroy();
    },
  );
});
