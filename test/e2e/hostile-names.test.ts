import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersText } from '../../src/answers/write.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderRepository } from '../../src/repository/render.ts';
import { answers, role } from '../support/builders/answers.ts';
import { assumeRole } from '../support/stand-ins/assume-role.ts';
import { CdktfApp } from '../support/tools/cdktf-app.ts';
import { Deployment } from '../support/tools/deployment.ts';
import { writeFiles } from '../support/tools/git-project.ts';
import { gitAccepts } from '../support/tools/git.ts';
import { tags, description, refName } from '../support/builders/hostile.ts';
import { IamState } from '../support/tools/iam-state.ts';
import { claimsOf } from '../support/builders/id-token-claims.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { awsCli, describeWith, terraform } from '../support/tools/required-tools.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { isLetIn } from '../support/tools/trust-decision.ts';

const tools = [moto, terraform, awsCli];

/** So many names are drawn, always the same. */
const COUNT = 300;
const SEED = 20;
const PROJECT = { path: 'mygroup/myproject', id: 20 };
const PROVIDER = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const REGION = 'eu-west-1';
const AUDIENCE = 'https://gitlab.com';

const NASTY = [
  '"quoted"', "'single'", '`tick`', '${x}', '$${x}', '$$', '%{if}', '%%{x}', '&{x}', 'a;b', 'a|b', '$(id)', '#{x}',
  'été', 'ß', '<b>', '{{x}}', '${$}', '${TfToken[TOKEN.0]}', '__proto__', '!x', '-8.10956221259138e+298', '%PATH%',
]; // prettier-ignore

const BRANCHES = [
  ...new Set([...NASTY, ...fc.sample(refName('branch'), { numRuns: 4 * COUNT, seed: SEED })]),
].filter((name) => name.length <= 60);

describeWith(tools, 'three hundred branch names that git allows, in one go', () => {
  let scratch: string;
  let aws: MotoServer;
  let names: string[];

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'hostile-'));
    aws = await MotoServer.start();
    const accepted = gitAccepts('branch', BRANCHES);
    names = BRANCHES.filter((_, index) => accepted[index]).slice(0, COUNT);
    expect(names).toHaveLength(COUNT);
    writeRepository();
  });

  afterAll(async () => {
    await aws.stop();
    rmSync(scratch, { recursive: true });
  });

  function writeRepository(): void {
    const [about = ''] = fc.sample(description(), { numRuns: 1, seed: SEED });
    const [labels = {}] = fc.sample(tags(), { numRuns: 1, seed: SEED });
    const hostile = answers({
      aws: { region: REGION, account_id: '123456789012', quotas: { trust_policy: 8192 } },
      roles: [
        role({ description: about, tags: labels, projects: [PROJECT], refs: { branches: names } }),
      ],
      output: 'cdktf',
    });
    writeFiles(scratch, renderRepository(blueprintOf(hostile), hostile, answersText(hostile)));
  }

  /** Proves what IAM holds, and whom that lets in. */
  async function proveExact(): Promise<void> {
    const roles = await new IamState(aws.url, REGION).trustPolicies();
    expect([...roles.values()].flatMap(branchesOf).sort()).toEqual([...names].sort());

    const isAnyOpen = async (branch: string) => {
      const claims = { ...claimsOf({ project: PROJECT, branch }), aud: AUDIENCE };
      for (const trustPolicy of roles.values()) {
        if (await isLetIn(JSON.stringify(trustPolicy), PROVIDER, claims)) return true;
      }
      return false;
    };
    const wronglyOut: string[] = [];
    const wronglyIn: string[] = [];
    for (const name of names) {
      if (!(await isAnyOpen(name))) wronglyOut.push(name);
      const neighbor = neighborOf(name);
      if (await isAnyOpen(neighbor)) wronglyIn.push(neighbor);
    }
    expect({ wronglyOut, wronglyIn }).toEqual({ wronglyOut: [], wronglyIn: [] });
    await proveByCalls(roles);
  }

  /** A name that is none of the others, by one character. */
  function neighborOf(name: string): string {
    const shorter = name.slice(0, -1);
    return names.includes(shorter) || shorter === '' ? `${name}\u00fe` : shorter;
  }

  /** The nasty names and their neighbors, as STS gets them: signed tokens over HTTP. */
  async function proveByCalls(roles: ReadonlyMap<string, unknown>): Promise<void> {
    const issuer = await Issuer.start('https://gitlab.com');
    const gate = await StsGate.start(aws.url, [issuer]);
    try {
      for (const name of NASTY.filter((nasty) => names.includes(nasty))) {
        const [holder = ''] =
          [...roles].find(([, policy]) => branchesOf(policy).includes(name)) ?? [];
        const call = async (branch: string) =>
          assumeRole(gate.url, {
            role: `arn:aws:iam::123456789012:role/${holder}`,
            token: await issuer.token(claimsOf({ project: PROJECT, branch }), {
              audience: AUDIENCE,
            }),
          });
        expect([name, await call(name)]).toEqual([name, expect.stringMatching(/:assumed-role\//)]);
        expect(await call(neighborOf(name))).toBe(
          'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
        );
      }
    } finally {
      await gate.stop();
      await issuer.stop();
    }
  }

  test('by HCL: IAM holds exactly those, and allows exactly those', async () => {
    const deployment = new Deployment(scratch, aws);
    await deployment.init();
    await deployment.apply();
    await proveExact();
    await deployment.destroy();
  });

  test('by CDKTF: the same', async () => {
    await aws.reset();
    const app = new CdktfApp(scratch, aws);
    await app.deploy();
    await proveExact();
  });
});

/** The branches that a role's trust policy names, with IAM's way to write a `$` undone. */
function branchesOf(trustPolicy: unknown): string[] {
  const { Statement } = trustPolicy as {
    Statement: { Condition: { StringEquals: { 'gitlab.com:sub': string | string[] } } }[];
  };
  const before = `project_path:${PROJECT.path}:ref_type:branch:ref:`;
  return Statement.flatMap(({ Condition }) =>
    [Condition.StringEquals['gitlab.com:sub']].flat(),
  ).map((subject) => {
    expect(subject.startsWith(before)).toBe(true);
    return subject.slice(before.length).replaceAll('${$}', '$');
  });
}
