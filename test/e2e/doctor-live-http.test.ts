import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { run as runTool } from '../support/tools/run.ts';
import { installWithNode, NODES, packedInto } from '../support/tools/packed-program.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
/** Nothing listens there, so the issuer is found to be out of reach at once. */
const HOST = '127.0.0.1:9';

describeWith([moto, awsCli], 'doctor, asking an AWS endpoint over plain HTTP', () => {
  let folder: string;
  let server: MotoServer;
  let tarball: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'doctor-http-'));
    server = await MotoServer.start();
    tarball = await packedInto(folder);
    await makeRole(folder, adminEnvironment(server.url));
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(NODES)(
    'the packed program reads the role and signs in, on Node %s',
    async (version) => {
      const { cwd, node, program } = await installWithNode(tarball, version, folder);
      const claims = { iss: `https://${HOST}`, aud: 'x', sub: 'me' };
      writeFileSync(join(cwd, 'token.jwt'), token(claims));
      const asked = ['--live', '--try', '--token-file', 'token.jwt', '--role-arn', ROLE, '--json'];

      const environment = adminEnvironment(server.url);
      // Doctor ends with 1, since the trust policy denies the token.
      const line = `"$0" "$@" 2>&1; test $? -eq 1`;
      const words = ['-c', line, node, program, 'doctor', ...asked];
      const output = await runTool('sh', words, cwd, environment);

      const { checks } = JSON.parse(output) as { checks: { check: string; text?: string }[] };
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
    },
  );
});

async function makeRole(folder: string, environment: Record<string, string>): Promise<void> {
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
  const role = ['--role-name', 'deploy', '--assume-role-policy-document', JSON.stringify(trust)];
  await runTool('aws', ['iam', 'create-role', ...role], folder, environment);
}

function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'a' })}.${part({ ...claims, exp: 4e9 })}.${part({})}`;
}
