import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { assumeRole, type WebIdentityCall } from '../support/stand-ins/assume-role.ts';
import { type Claims, claimsOf } from '../support/builders/id-token-claims.ts';
import { Issuer, type TokenOptions } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';

const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const ROLE = 'arn:aws:iam::123456789012:role/deploy';

const DENIED = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';

const TRUST_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: PROVIDER },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'gitlab.com:aud': 'sts.amazonaws.com',
          'gitlab.com:sub': 'project_path:mygroup/myproject:ref_type:branch:ref:${$}{x}-$y',
          'gitlab.com:project_id': '20',
        },
      },
    },
  ],
};

const PIPELINE = claimsOf({ project: { path: 'mygroup/myproject', id: 20 }, branch: '${x}-$y' });

describeWith([moto, awsCli], 'what stands in for STS', () => {
  let server: MotoServer;
  let issuer: Issuer;
  let gate: StsGate;

  beforeAll(async () => {
    server = await MotoServer.start();
    issuer = await Issuer.start('https://gitlab.com');
    gate = await StsGate.start(server.url, [issuer]);
    const provider = ['--url', 'https://gitlab.com', '--client-id-list', 'sts.amazonaws.com'];
    await aws('iam', 'create-open-id-connect-provider', ...provider);
    const trust = ['--assume-role-policy-document', JSON.stringify(TRUST_POLICY)];
    await aws('iam', 'create-role', '--role-name', 'deploy', ...trust);
  });

  afterAll(async () => {
    await gate.stop();
    await issuer.stop();
    await server.stop();
  });

  function aws(...args: string[]): Promise<string> {
    return run('aws', args, '.', adminEnvironment(gate.url));
  }

  test('allows those that the trust policy names', async () => {
    const token = await issuer.token(PIPELINE);
    expect(await assumeRole(gate.url, { role: ROLE, token, duration: 3600 })).toBe(
      'arn:aws:sts::123456789012:assumed-role/deploy/gitlab-20-302',
    );
  });

  const refused: [
    what: string,
    answer: string,
    Partial<WebIdentityCall>,
    Claims?,
    TokenOptions?,
  ][] = [
    [
      'another subject',
      DENIED,
      {},
      { sub: 'project_path:mygroup/myproject:ref_type:branch:ref:x' },
    ],
    ['another project id', DENIED, {}, { project_id: '21' }],
    ['a role that is not there', DENIED, { role: `${ROLE}-not` }],
    ['a role at another path', DENIED, { role: ROLE.replace('role/', 'role/path/') }],
    [
      'an issuer without provider',
      'InvalidIdentityToken: No OpenIDConnect provider found in your account for https://gitlab.example.com',
      {},
      { iss: 'https://gitlab.example.com' },
    ],
    [
      'another audience',
      'InvalidIdentityToken: Incorrect token audience',
      {},
      {},
      { audience: 'https://gitlab.com' },
    ],
    [
      'a token that has expired',
      'ExpiredTokenException: Token expired: current date/time',
      {},
      {},
      { lifetime: -1 },
    ],
    [
      'a forged signature',
      'InvalidIdentityToken: The web identity token provided could not be validated',
      {},
      {},
      { key: 'forged' },
    ],
    [
      'an unknown key',
      "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider",
      {},
      {},
      { key: 'unpublished' },
    ],
    [
      'text that is no token',
      'InvalidIdentityToken: The ID Token provided is not a valid JWT',
      { token: 'token' },
    ],
    [
      'a session name with a slash',
      "ValidationError: 1 validation error detected: Value 'a/b' at 'roleSessionName'",
      { session: 'a/b' },
    ],
    [
      'a session name that is too long',
      'ValidationError: 1 validation error detected',
      { session: 'a'.repeat(65) },
    ],
    [
      'a session that is too short for AWS',
      'ValidationError: 1 validation error detected',
      { duration: 899 },
    ],
    [
      "a session longer than the role's",
      'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration',
      { duration: 3601 },
    ],
  ];

  test.each(refused)('refuses %s', async (_what, answer, change, claims = {}, options = {}) => {
    const token = await issuer.token({ ...PIPELINE, ...claims }, options);
    expect(await assumeRole(gate.url, { role: ROLE, token, ...change })).toContain(answer);
  });

  test('refuses where the issuer does not answer', async () => {
    const alone = await StsGate.start(server.url, []);
    const token = await issuer.token(PIPELINE);
    expect(await assumeRole(alone.url, { role: ROLE, token })).toContain(
      "InvalidIdentityToken: Couldn't retrieve verification key",
    );
    await alone.stop();
  });

  test('is what the AWS CLI talks to', async () => {
    const token = await issuer.token({ ...PIPELINE, project_id: '21' });
    const args = ['--role-arn', ROLE, '--role-session-name', 'cli', '--web-identity-token', token];
    await expect(aws('sts', 'assume-role-with-web-identity', ...args)).rejects.toThrow(
      'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    );
  });
});
