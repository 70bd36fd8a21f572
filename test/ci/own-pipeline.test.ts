import { describe, expect, test } from '@jest/globals';
import { parseCiFile, type CiFile } from '../support/ci-file.ts';
import { renderVariant } from '../support/ci-variants.ts';

const STATE = { backend: 's3', bucket: 'state', key: 'oidc.tfstate' };

function ownPipeline(changes: Record<string, unknown>): CiFile {
  return parseCiFile(renderVariant({ state: STATE, ...changes }).get('.gitlab-ci.yml') ?? '');
}

describe('who may download the plan', () => {
  test('maintainers, on gitlab.com', () => {
    const { plan } = ownPipeline({ gitlab: { url: 'https://gitlab.com' } });
    expect(plan?.artifacts).toMatchObject({ access: 'maintainer' });
  });

  test('developers, elsewhere: a GitLab before 18.4 refuses the whole file for maintainer', () => {
    const { plan } = ownPipeline({ gitlab: { url: 'https://gitlab.example.com' } });
    expect(plan?.artifacts).toMatchObject({ access: 'developer' });
  });

  test('not said for a GitLab that still has CI_JOB_JWT_V2: before 16.11 it has no such key', () => {
    const { plan } = ownPipeline({ ci: { credentials: 'legacy-jwt' } });
    expect(plan?.artifacts).not.toHaveProperty('access');
  });
});

test('the terraform image gets the aws command before the sign-in’s script calls it', () => {
  const pipeline = ownPipeline({ ci: { credentials: 'script' } });
  expect(pipeline['.signed-in']?.before_script).toEqual([
    'command -v aws || apk add --no-cache aws-cli',
    ['.aws-sign-in', 'before_script'],
  ]);
});

test('the state on one machine only: nothing of AWS in the pipeline', () => {
  expect(Object.keys(ownPipeline({ state: { backend: 'local' } }))).toEqual([
    'workflow',
    'stages',
    '.terraform',
    'validate',
    'validate-cdktf',
  ]);
});
