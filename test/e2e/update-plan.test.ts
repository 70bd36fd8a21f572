import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Answers, Role } from '../../src/answers/schema.ts';
import type { AccessDiff } from '../../src/blueprint/access-diff/change.ts';
import { Deployment } from '../support/tools/deployment.ts';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';

type Change = (answers: Answers) => Answers;

/** Changes one role, by name. */
const role =
  (name: string, change: (role: Role) => Partial<Role>): Change =>
  (answers) => ({
    ...answers,
    roles: answers.roles.map((each) => (each.name === name ? { ...each, ...change(each) } : each)),
  });

describeWith([terraform, moto], 'after an update, terraform plan on what is deployed', () => {
  let scratch: string;
  let aws: MotoServer;
  let repository: GeneratedRepository;
  let deployment: Deployment;
  let deployed: string;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'update-plan-'));
    aws = await MotoServer.start();
    repository = GeneratedRepository.of('many-projects', join(scratch, 'repository'));
    deployed = repository.read('gitlab-aws-oidc.yaml');
    deployment = new Deployment(repository.folder, aws);
    await deployment.init();
    await deployment.apply();
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(scratch, { recursive: true });
  });

  /** Updates to changed answers; the access diff's texts, and what Terraform would change. */
  async function after(change: Change) {
    const answers = parse(deployed, { maxAliasCount: -1 }) as Answers;
    repository.write('gitlab-aws-oidc.yaml', stringify(change(answers)));
    const { stdout } = await repository.update('--json');
    const { access } = JSON.parse(stdout) as { access: AccessDiff };
    const plan = await deployment.plan();
    repository.write('gitlab-aws-oidc.yaml', deployed);
    await repository.update('--json');
    return {
      reported: access.changes.map(({ kind, role: name, sources }) =>
        [kind, name, ...sources].join(' '),
      ),
      moves: access.moves,
      plan,
    };
  }

  test('projects, refs and roles added, removed and in another order: exactly what is reported', async () => {
    const changed: Change = (answers) => ({
      ...answers,
      roles: [
        {
          name: 'acme-audit',
          projects: [{ path: 'acme/audit', id: 5000 }],
          refs: { branches: ['main'] },
          permissions: { managed_policies: ['SecurityAudit'] },
        },
        ...role('acme-website', ({ projects = [] }) => ({ projects: projects.slice(1) }))(
          role('acme-nightly', () => ({ projects: [{ path: 'acme/web/blog', id: 3003 }] }))(
            answers,
          ),
        ).roles.toReversed(),
      ],
    });
    expect(await after(changed)).toEqual({
      reported: [
        'role-added acme-audit',
        'gained acme-audit acme/audit',
        'gained acme-nightly acme/web/blog',
        'lost acme-website acme/web/site',
      ],
      moves: [],
      plan: [
        'create aws_iam_role.acme_audit',
        'create aws_iam_role_policy_attachment.acme_audit_SecurityAudit',
        'update aws_iam_role.acme_nightly',
        'update aws_iam_role.acme_website',
      ],
    });
  });

  test('a project for which the trust policy has no room: another role comes, and nobody moves', async () => {
    const added = role('acme-website', ({ projects = [] }) => ({
      projects: [{ path: 'acme/web/blog', id: 3003 }, ...projects],
    }));
    expect(await after(added)).toEqual({
      reported: ['role-added acme-website-2', 'gained acme-website-2 acme/web/blog'],
      moves: [],
      plan: [
        'create aws_iam_role.acme_website_2',
        'create aws_iam_role_policy.acme_website_2_invalidate_cache',
        'create aws_iam_role_policy.acme_website_2_s3',
      ],
    });
  });

  test('projects in another order, in a role that is split: nothing changes, and nothing is replaced', async () => {
    const reversed = role('acme-push-images', ({ projects = [] }) => ({
      projects: projects.toReversed(),
    }));
    expect(await after(reversed)).toEqual({ reported: [], moves: [], plan: [] });
  });

  test('a renamed role is replaced, as reported, and a removed one goes; nothing else changes', async () => {
    const changed: Change = (answers) => {
      const { roles } = role('acme-website', () => ({ name: 'acme-site' }))(answers);
      return { ...answers, roles: roles.filter(({ name }) => name !== 'acme-nightly') };
    };
    const { reported, plan } = await after(changed);
    expect(reported).toContain('role-replaced acme-site acme/web/site acme/web/shop');
    expect(reported).toContain('role-removed acme-nightly');
    expect(plan).toEqual([
      'create aws_iam_role.acme_site',
      'create aws_iam_role_policy.acme_site_invalidate_cache',
      'create aws_iam_role_policy.acme_site_s3',
      'delete aws_iam_role.acme_nightly',
      'delete aws_iam_role.acme_website',
      'delete aws_iam_role_policy.acme_nightly_ec2_write',
      'delete aws_iam_role_policy.acme_nightly_secrets_manager',
      'delete aws_iam_role_policy.acme_website_invalidate_cache',
      'delete aws_iam_role_policy.acme_website_s3',
      'delete aws_iam_role_policy_attachment.acme_nightly_CloudWatchReadOnlyAccess',
    ]);
  });

  // The last one: where the project is then, it remains.
  test('a project that a longer role has no room for moves alone, as reported', async () => {
    const longer = role('acme-website', ({ refs }) => ({
      refs: {
        ...refs,
        branches: [...(refs.branches ?? []), 'a-branch-with-a-long-name'.repeat(8)],
      },
    }));
    const { reported, plan } = await after(longer);
    expect(reported).toContain('moved acme-website-2 acme/web/shop');
    expect(
      reported
        .filter((line) => line.startsWith('moved'))
        .every((line) => line.endsWith('acme/web/shop')),
    ).toBe(true);
    expect(plan).toEqual([
      'create aws_iam_role.acme_website_2',
      'create aws_iam_role_policy.acme_website_2_invalidate_cache',
      'create aws_iam_role_policy.acme_website_2_s3',
      'update aws_iam_role.acme_website',
    ]);
  });
});
