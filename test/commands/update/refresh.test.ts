import { afterEach, expect, test } from '@jest/globals';
import { openssl } from '../../support/stand-ins/certificates.ts';
import { TOKEN } from '../../support/stand-ins/gitlab-server/gitlab-server.ts';
import type { ProjectHeld } from '../../support/stand-ins/gitlab-server/holdings.ts';
import { machineWide } from '../../support/stand-ins/gitlab-server/machine-wide.ts';
import { GeneratedRepository } from '../../support/builders/generated-repository.ts';
import { filesIn } from '../../support/builders/goldens.ts';
import { run } from '../../support/tools/program.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

const AS_IT_WAS: ProjectHeld = {
  id: 20,
  path: 'mygroup/myproject',
  protectedBranches: [{ name: 'main' }],
};

interface Trial {
  readonly args?: string[];
  /** Of the environment. */
  readonly change?: Record<string, string>;
  readonly edit?: (repository: GeneratedRepository) => void;
}

describeWith([openssl], 'update --refresh', () => {
  let stop: () => Promise<void> = () => Promise.resolve();

  afterEach(() => stop());

  async function refresh(
    project: ProjectHeld | undefined,
    { args = ['--yes'], change = {}, edit }: Trial = {},
  ) {
    const gitlab = await machineWide(scratchFolder(), {
      version: '18.5.1-ee',
      projects: project ? [project] : [],
      groups: [],
    });
    stop = gitlab.stop;
    const repository = GeneratedRepository.of('quickstart', scratchFolder());
    edit?.(repository);
    const before = filesIn(repository.folder);
    const environment = { ...gitlab.environment, ...change };
    const ran = await run(
      ['update', '--refresh', '--debug', ...args],
      repository.folder,
      undefined,
      environment,
    );
    expect(JSON.stringify(ran)).not.toContain(TOKEN);
    expect([...filesIn(repository.folder).values()].join('\n')).not.toContain(TOKEN);
    return { ...ran, repository, before, server: gitlab.server };
  }

  test('finds nothing where nothing has changed', async () => {
    const { exitCode, stdout, stderr, server } = await refresh(AS_IT_WAS);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toBe('Nothing to change: everything is as gitlab-aws-oidc.yaml says.\n');
    expect(server.questions).toEqual([
      'GET /api/v4/projects/20',
      'GET /api/v4/projects/20/protected_branches?per_page=100',
    ]);
  });

  test('finds a project that was moved by its id, and shows who gains and who loses', async () => {
    const moved = { ...AS_IT_WAS, path: 'newgroup/shop' };
    const { exitCode, stdout, stderr, repository } = await refresh(moved);
    expect(exitCode).toBe(0);
    expect(stderr).toBe('mygroup/myproject is newgroup/shop now.\n\n');
    expect(stdout).toContain('newgroup/shop (id 20) branch main may now assume gitlab-deploy');
    expect(stdout).toContain(
      'mygroup/myproject (id 20) branch main may no longer assume gitlab-deploy',
    );
    expect(repository.read('gitlab-aws-oidc.yaml')).toContain(
      '- path: newgroup/shop\n        id: 20',
    );
    expect(repository.read('terraform/roles.tf')).toContain('project_path:newgroup/shop:');
  });

  test('gives an id that was missing, and keeps comments', async () => {
    const { stdout, repository } = await refresh(AS_IT_WAS, {
      edit: (its) => {
        its.edit('gitlab-aws-oidc.yaml', '        id: 20\n', '        # the shop\n');
      },
    });
    expect(repository.read('gitlab-aws-oidc.yaml')).toContain(
      '      - path: mygroup/myproject\n        id: 20\n        # the shop\n',
    );
    expect(stdout).not.toContain('may no longer');
  });

  test('follows a project into another group, where its group is pinned', async () => {
    const { stderr, repository } = await refresh(
      { ...AS_IT_WAS, path: 'newgroup/myproject', namespaceId: 8 },
      {
        edit: (its) => {
          its.edit('gitlab-aws-oidc.yaml', 'id: 20', 'id: 20\n        namespace_id: 7 # mygroup');
        },
      },
    );
    expect(stderr).toContain('newgroup/myproject is in the namespace 8 now.');
    expect(repository.read('gitlab-aws-oidc.yaml')).toContain('namespace_id: 8 # mygroup');
  });

  test('trusts the CA that --ca-file names', async () => {
    const gitlab = await machineWide(scratchFolder(), {
      version: '18.5.1-ee',
      projects: [AS_IT_WAS],
      groups: [],
    });
    stop = gitlab.stop;
    const { NODE_EXTRA_CA_CERTS: caFile = '', ...environment } = gitlab.environment;
    const ask = (...flags: string[]) =>
      run(
        ['update', '--refresh', '--check', ...flags],
        GeneratedRepository.of('quickstart', scratchFolder()).folder,
        undefined,
        { ...environment, NODE_EXTRA_CA_CERTS: '' },
      );
    expect(await ask()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Pass the certificate of its CA with --ca-file'),
    });
    expect(await ask('--ca-file', caFile)).toMatchObject({ exitCode: 0 });
    const none = await ask('--ca-file', 'gitlab-aws-oidc.yaml');
    expect(none.stderr).toContain('The file gitlab-aws-oidc.yaml holds no certificate in PEM.');
  });

  test('follows a form of subject that the project has been given', async () => {
    const components = ['project_id', 'ref_type', 'ref'];
    const { stderr, repository } = await refresh({ ...AS_IT_WAS, subComponents: components });
    expect(stderr).toContain(
      'The subjects of mygroup/myproject hold project_id, ref_type, ref now.',
    );
    expect(repository.read('terraform/roles.tf')).toContain(
      'project_id:20:ref_type:branch:ref:main',
    );
  });

  test('does not follow the default where the answers want another form, and tells how to set that', async () => {
    const components = '        sub_components: [project_id, ref_type, ref]\n';
    const { stdout, stderr } = await refresh(AS_IT_WAS, {
      args: ['--dry-run'],
      edit: (its) => {
        its.edit('gitlab-aws-oidc.yaml', '    refs:\n', `${components}    refs:\n`);
      },
    });
    expect(stderr).toContain(
      'The subjects of mygroup/myproject hold project_path, ref_type, ref, not project_id, ref_type, ref: AWS denies its jobs.',
    );
    expect(stderr).toContain("--data-urlencode 'ci_id_token_sub_claim_components[]=project_id'");
    expect(stdout).not.toContain('may no longer');
  });

  test('does not follow a form without the environment that the role asks for', async () => {
    const components = '        sub_components: [project_id, ref_type, ref, deployment_tier]\n';
    const { stderr } = await refresh(
      { ...AS_IT_WAS, subComponents: ['project_id', 'ref_type', 'ref'] },
      {
        args: ['--dry-run'],
        edit: (its) => {
          const refs = `${components}    deployment_tier: production\n    refs:\n`;
          its.edit('gitlab-aws-oidc.yaml', '    refs:\n', refs);
        },
      },
    );
    expect(stderr).toContain(
      'hold project_id, ref_type, ref, not project_id, ref_type, ref, deployment_tier: AWS denies its jobs.',
    );
    expect(stderr).toContain('ci_id_token_sub_claim_components[]=deployment_tier');
  });

  test('says what GitLab hides from the token', async () => {
    const { stderr } = await refresh({ ...AS_IT_WAS, subComponents: null });
    expect(stderr).toBe(
      'Not checked\n  the subject form of mygroup/myproject, which only its maintainers see\n\n',
    );
  });

  test('tells of a protection that went away, and how to set it', async () => {
    const { exitCode, stdout, stderr } = await refresh({ ...AS_IT_WAS, protectedBranches: [] });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Nothing to change');
    expect(stderr).toContain(
      'branch main of mygroup/myproject is not protected: no job on it may assume gitlab-deploy.',
    );
    expect(stderr).toContain(
      '--data-urlencode name=main --data-urlencode push_access_level=40 --data-urlencode merge_access_level=40 https://gitlab.com/api/v4/projects/20/protected_branches',
    );
  });

  test('tells of a project that is gone, and leaves it in', async () => {
    const { stderr, repository, before } = await refresh(undefined);
    expect(stderr).toContain('mygroup/myproject (id 20) is gone, or hidden from the token.');
    expect(filesIn(repository.folder)).toEqual(before);
  });

  test('with --check writes nothing, and finds what GitLab says otherwise', async () => {
    const moved = { ...AS_IT_WAS, path: 'newgroup/shop' };
    const { exitCode, stdout, repository, before } = await refresh(moved, { args: ['--check'] });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('+      - path: newgroup/shop');
    expect(filesIn(repository.folder)).toEqual(before);
  });

  test.each([
    [{ GITLAB_TOKEN: '' }, 'There is no token to ask GitLab with.'],
    [{ GITLAB_TOKEN: '', CI_JOB_TOKEN: 'glcbt-1_x' }, 'CI_JOB_TOKEN cannot list projects'],
    [{ GITLAB_TOKEN: 'glcbt-1_x' }, 'CI_JOB_TOKEN cannot list projects'],
  ])('with %j asks nothing, and says so', async (change, message) => {
    const { exitCode, stderr, server } = await refresh(AS_IT_WAS, { change });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error GITLAB_TOKEN\n  ${message}`);
    expect(server.questions).toEqual([]);
  });

  test('where GitLab does not answer writes nothing, and shows no token even with --debug', async () => {
    const { exitCode, stderr, repository, before } = await refresh(AS_IT_WAS, {
      change: { GITLAB_TOKEN: 'glpat-0ldAndExpired' },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('gitlab.com rejected the token (401)');
    expect(stderr).not.toContain('glpat-');
    expect(filesIn(repository.folder)).toEqual(before);
  });
});
