import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';

const project = { path: 'mygroup/myproject', id: 20 };
const fork = { path: 'mallory/myproject', id: 666 };

describe('what stands in for GitLab', () => {
  let issuer: Issuer;

  beforeAll(async () => {
    issuer = await Issuer.start();
  });

  afterAll(async () => {
    await issuer.stop();
  });

  const subjects: [what: string, Pipeline, sub: string][] = [
    [
      'a branch',
      { project, branch: 'main' },
      'project_path:mygroup/myproject:ref_type:branch:ref:main',
    ],
    ['a tag', { project, tag: 'v1.0.0' }, 'project_path:mygroup/myproject:ref_type:tag:ref:v1.0.0'],
    [
      'a merge request',
      { project, mergeRequestFrom: 'feature' },
      'project_path:mygroup/myproject:ref_type:branch:ref:feature',
    ],
    [
      'a merge request from a fork',
      { project, fork, mergeRequestFrom: 'main' },
      'project_path:mallory/myproject:ref_type:branch:ref:main',
    ],
    [
      'a schedule',
      { project, branch: 'main', source: 'schedule' },
      'project_path:mygroup/myproject:ref_type:branch:ref:main',
    ],
    [
      'a job with an environment',
      { project, branch: 'main', environment: { name: 'production', tier: 'production' } },
      'project_path:mygroup/myproject:ref_type:branch:ref:main',
    ],
    [
      'a project with a subject of its own form',
      {
        project,
        branch: 'main',
        isProtected: true,
        subComponents: ['project_id', 'ref_type', 'ref', 'ref_protected'],
      },
      'project_id:20:ref_type:branch:ref:main:ref_protected:true',
    ],
    [
      'such a project, in a job without the environment that the form names',
      { project, branch: 'main', subComponents: ['project_id', 'deployment_tier', 'ref'] },
      'project_id:20:ref:main',
    ],
  ];

  test.each(subjects)('gives %s the subject that GitLab documents', (_what, pipeline, sub) => {
    expect(claimsOf(pipeline)['sub']).toBe(sub);
  });

  test('has the claims that GitLab documents, ids and booleans as strings', async () => {
    const environment = { name: 'production', tier: 'production', isProtected: true };
    const claims = decodeJwt(
      await issuer.token(claimsOf({ project, branch: 'main', isProtected: true, environment })),
    );
    expect(Object.keys(claims).sort()).toEqual(CLAIMS);
    expect(claims).toMatchObject({
      project_id: '20',
      ref_protected: 'true',
      environment_protected: 'true',
      runner_id: 1,
    });
  });

  test('has no claims about an environment where the job has none', () => {
    const claims = Object.keys(claimsOf({ project, branch: 'main' }));
    const aboutEnvironments = /^(environment|deployment_tier)/;
    expect(CLAIMS.filter((claim) => aboutEnvironments.test(claim))).toHaveLength(4);
    expect(claims.filter((claim) => aboutEnvironments.test(claim))).toEqual([]);
  });

  test('publishes the key of its tokens, by discovery', async () => {
    const discovery = await fetch(`${issuer.address}/.well-known/openid-configuration`);
    const { issuer: url, jwks_uri: keys } = (await discovery.json()) as Record<string, string>;
    const { protectedHeader } = await jwtVerify(
      await issuer.token(claimsOf({ project, branch: 'main' })),
      createRemoteJWKSet(new URL(keys ?? '')),
      { issuer: url ?? '', audience: 'sts.amazonaws.com' },
    );
    expect(protectedHeader.alg).toBe('RS256');
  });
});

const CLAIMS = [
  'aud',
  'ci_config_ref_uri',
  'ci_config_sha',
  'deployment_tier',
  'environment',
  'environment_action',
  'environment_protected',
  'exp',
  'iat',
  'iss',
  'job_id',
  'job_namespace_id',
  'job_namespace_path',
  'job_project_id',
  'job_project_path',
  'job_source',
  'jti',
  'namespace_id',
  'namespace_path',
  'nbf',
  'pipeline_id',
  'pipeline_source',
  'project_id',
  'project_path',
  'project_visibility',
  'ref',
  'ref_path',
  'ref_protected',
  'ref_type',
  'runner_environment',
  'runner_id',
  'sha',
  'sub',
  'user_access_level',
  'user_email',
  'user_id',
  'user_login',
];
