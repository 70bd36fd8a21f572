import { generateKeyPairSync, createSign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { factsOf } from '../../src/doctor/facts/gather.ts';
import { writerOf } from '../../src/commands/doctor/formats.ts';
import { causesOf } from '../../src/doctor/causes.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import { readToken } from '../../src/gitlab/id-token.ts';
import { claimsOf } from '../support/builders/id-token-claims.ts';
import { portOf } from '../support/tools/port-of.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const golden = (name: string) => resolve('generated', name);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

function signed(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', kid: 'a' })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

const PIPELINE = claimsOf({ project: { path: 'mygroup/myproject', id: 20 }, branch: 'develop' });

describe('for a generated repository', () => {
  test('a branch that is not named is reported with the line of the answers', async () => {
    const question = ['--project', 'mygroup/myproject', '--branch', 'develop', '--protected'];
    const { exitCode, stdout } = await run(
      ['doctor', golden('quickstart'), ...question],
      scratch(),
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('the policy names the branch "main", the token "develop"');
    expect(stdout).toMatch(
      /add its branch at\s+\S+gitlab-aws-oidc\.yaml:16:7:\s+roles\[0\]\.refs\.branches/,
    );
    expect(stdout).toContain('    refs:\n      branches:\n        - "develop"\n');
  });

  test('a branch that would have to be protected too is reported as such', async () => {
    const question = ['--project', 'mygroup/myproject', '--branch', 'develop'];
    const { stdout } = await run(['doctor', golden('quickstart'), ...question], scratch());
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'add its branch (which must also be protected in GitLab) at',
    );
  });

  test('without a token it ends with what to set in GitLab', async () => {
    const question = ['--project', 'mygroup/myproject', '--branch', 'main', '--protected'];
    const { exitCode, stdout } = await run(
      ['doctor', golden('quickstart'), ...question],
      scratch(),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('No problem was found.');
    expect(stdout).toMatch(
      /Settings to make in GitLab\n.*branch main is protected\n\n.*projects\/20\/protected_branches\n$/s,
    );
  });

  test('a role ARN of another name or account is reported with the right one', async () => {
    const answers = readFileSync(join(golden('quickstart'), 'gitlab-aws-oidc.yaml'), 'utf8');
    const file = join(scratch(), 'gitlab-aws-oidc.yaml');
    writeFileSync(file, answers.replace('aws:\n', 'aws:\n  account_id: "111122223333"\n'));
    const asked = ['--role-arn', 'arn:aws:iam::123456789012:role/gitlab-deploy', '--json'];
    const { stdout } = await run(['doctor', file, ...asked], scratch());
    expect((JSON.parse(stdout) as { causes: object[] }).causes).toMatchObject([
      {
        check: 'role',
        fixes: [
          {
            place: 'ci',
            change: 'variables:\n  AWS_ROLE_ARN: arn:aws:iam::111122223333:role/gitlab-deploy',
          },
        ],
      },
    ]);
  });

  test("another issuer than the repository's is reported with its answer", async () => {
    const file = join(scratch(), 'claims.json');
    writeFileSync(
      file,
      JSON.stringify({ ...PIPELINE, iss: 'https://gitlab.example.com', aud: 'x' }),
    );
    const { stdout } = await run(
      ['doctor', golden('quickstart'), '--claims', file, '--json'],
      scratch(),
    );
    const [first] = (JSON.parse(stdout) as { causes: { check: string; fixes: object[] }[] }).causes;
    expect(first).toMatchObject({
      check: 'provider',
      fixes: [{ place: 'answers', change: 'gitlab:\n  issuer: https://gitlab.example.com' }],
    });
  });
});

const usage: [what: string, args: string[], says: string][] = [
  ['a format there is not', ['--format', 'xml'], 'there is no format xml'],
  ["a token's file that is not there", ['--token-file', 'none'], '"none" cannot be read'],
  ['a message that nobody knows', ['--error', 'oops'], 'the error message is unknown'],
  [
    '--try without a token',
    ['--try', '--role-arn', 'arn:aws:iam::123456789012:role/r'],
    'no whole token',
  ],
  ['--live without a role', ['--live'], 'the role is unknown'],
  [
    'a role that the input has not',
    [golden('quickstart'), '--role', 'x'],
    'the input has no role "x"',
  ],
];

test.each(usage)('%s is wrong usage', async (_, args, says) => {
  const { exitCode, stdout, stderr } = await run(['doctor', ...args], scratch());
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr.toLowerCase()).toContain(says.toLowerCase());
});

test('an issuer that never answers is abandoned after 5 seconds, and that is reported', async () => {
  const server = createServer(() => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { facts } = await factsOf(
    undefined,
    { issuer: 'https://silent.example.com' },
    {
      HTTPS_PROXY: `http://127.0.0.1:${portOf(server)}`,
    },
    0,
  );
  server.close();
  const issuer = (await diagnose(facts)).find(({ check }) => check === 'issuer');
  expect(issuer).toMatchObject({ cause: expect.stringContaining('no answer within 5 seconds') });
});

test('what needs no network takes less than 200 ms', async () => {
  const token = readToken(signed({ ...PIPELINE, iss: 'https://gitlab.com', aud: 'x', exp: 9e9 }));
  if ('flaw' in token) throw new Error(token.flaw.what);
  await diagnose({ now: 0, session: {} });
  const start = performance.now();
  await diagnose({ now: 0, token, claims: token.claims, session: { name: 'a/b' } });
  expect(performance.now() - start).toBeLessThan(200);
});

describe('no secret is in any output', () => {
  const claims = fc.record(
    { iss: fc.webUrl(), sub: fc.string(), aud: fc.string(), exp: fc.integer(), ref: fc.string() },
    { requiredKeys: [] },
  );
  const format = fc.constantFrom('text', 'json', 'markdown');

  test("neither the token's signature nor the job's credentials", async () => {
    const job = { AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI', AWS_SESSION_TOKEN: 'IQoJb3JpZ2lu' };
    await fc.assert(
      fc.asyncProperty(claims, format, async (given, kind) => {
        const text = signed(given);
        const token = readToken(text);
        const facts = {
          now: 0,
          job,
          token,
          session: {},
          ...('flaw' in token ? {} : { claims: token.claims }),
        };
        const checks = await diagnose(facts);
        const output = writerOf(kind)({
          assumed: [],
          causes: causesOf(checks),
          checks,
          settings: [],
        });
        expect(output).not.toContain(text.split('.')[2]);
        for (const secret of Object.values(job)) expect(output).not.toContain(secret);
      }),
      { numRuns: 60 },
    );
  });
});
