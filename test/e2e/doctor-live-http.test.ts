import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { run as runTool } from '../support/tools/run.ts';
import { run } from '../support/tools/program.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
/** Nothing listens there, so the issuer is found to be out of reach at once. */
const HOST = '127.0.0.1:9';

describeWith([moto, awsCli], 'doctor, asking an AWS endpoint over plain HTTP', () => {
  const scratch = scratchFolders();
  let server: MotoServer;

  beforeAll(async () => {
    server = await MotoServer.start();
  });

  afterAll(() => server.stop());

  test('reads the role and signs in', async () => {
    const folder = scratch();
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${HOST}`;
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${HOST}:aud`]: 'x', [`${HOST}:sub`]: 'someone else' } },
      },
    };
    const environment = adminEnvironment(server.url);
    const role = ['--role-name', 'deploy', '--assume-role-policy-document', JSON.stringify(trust)];
    await runTool('aws', ['iam', 'create-role', ...role], folder, environment);
    writeFileSync(
      join(folder, 'token.jwt'),
      token({ iss: `https://${HOST}`, aud: 'x', sub: 'me' }),
    );

    const asked = ['--live', '--try', '--token-file', 'token.jwt', '--role-arn', ROLE, '--json'];
    const { stdout, stderr } = await run(['doctor', ...asked], folder, undefined, environment);

    const { checks } = JSON.parse(stdout) as { checks: { check: string; text?: string }[] };
    expect(checks).toContainEqual({
      id: 'DOC016',
      check: 'sign-in',
      status: 'ok',
      text: expect.stringContaining(`arn:aws:sts::${ACCOUNT}:assumed-role/deploy/doctor`),
    });
    // It can say so only where it has read the trust policy.
    expect(checks).toContainEqual(
      expect.objectContaining({ check: 'trust policy', status: 'failed' }),
    );
    expect(stdout + stderr).not.toContain('TypeError');
  });
});

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'a' })}.${part({ ...claims, exp: 4e9 })}.${part({})}`;
}
