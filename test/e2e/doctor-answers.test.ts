import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { assumeRole } from '../support/stand-ins/assume-role.ts';
import { createProvider } from '../support/tools/deployed-golden.ts';
import { Deployment } from '../support/tools/deployment.ts';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { run } from '../support/tools/program.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';

const ROLE = 'arn:aws:iam::123456789012:role/gitlab-deploy';
const DENIED = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';
const PROJECT = { path: 'mygroup/myproject', id: 20 };

/** What of a diagnosis a person acts on. */
interface Diagnosis {
  readonly causes: { readonly fixes: { readonly place: string; readonly change: string }[] }[];
}

type Yaml = Record<string, unknown>;

describeWith([terraform, moto], 'the change of the answers that doctor prints', () => {
  let scratch: string;
  let aws: MotoServer;
  let issuer: Issuer;
  let gate: StsGate;
  let repository: GeneratedRepository;
  let deployment: Deployment;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'doctor-answers-'));
    aws = await MotoServer.start();
    issuer = await Issuer.start('https://gitlab.com');
    gate = await StsGate.start(aws.url, [issuer]);
    repository = GeneratedRepository.of('quickstart', join(scratch, 'repository'));
    deployment = new Deployment(repository.folder, aws);
    await deployment.init();
    await deployment.apply();
  });

  afterAll(async () => {
    await gate.stop();
    await issuer.stop();
    await aws.stop();
    rmSync(scratch, { recursive: true });
  });

  test.each<[what: string, pipeline: Pipeline]>([
    ['a tag', { project: PROJECT, tag: 'v1', isProtected: true }],
    [
      'another project',
      { project: { path: 'mygroup/other', id: 21 }, branch: 'main', isProtected: true },
    ],
  ])('for %s, made, updated and deployed, lets the job in', async (_, pipeline) => {
    const token = await issuer.token(claimsOf(pipeline), { audience: 'https://gitlab.com' });
    expect(await assumeRole(gate.url, { role: ROLE, token })).toBe(DENIED);

    writeFileSync(join(scratch, 'token.jwt'), token);
    const args = ['--token-file', join(scratch, 'token.jwt'), '--role', 'gitlab-deploy', '--json'];
    const { exitCode, stdout } = await run(['doctor', repository.folder, ...args], scratch);
    expect(exitCode).toBe(1);
    const answers = parse(repository.read('gitlab-aws-oidc.yaml')) as { roles: [Yaml] };
    answers.roles[0] = merged(answers.roles[0], changeOf(stdout));
    repository.write('gitlab-aws-oidc.yaml', stringify(answers));

    expect((await repository.update()).exitCode).toBe(0);
    await deployment.apply();
    expect(await assumeRole(gate.url, { role: ROLE, token })).toMatch(
      /:assumed-role\/gitlab-deploy\//,
    );
  });

  test('for an account that has the provider already, made, updated and deployed, lets the job in', async () => {
    await deployment.destroy();
    await createProvider(aws.url, 'eu-west-1', issuer.url, 'https://gitlab.com');
    const failure = await deployment.apply().catch((error: unknown) => String(error));

    const { stdout } = await run(['doctor', '--error', failure ?? '', '--json'], scratch);
    const answers = parse(repository.read('gitlab-aws-oidc.yaml')) as Yaml;
    repository.write('gitlab-aws-oidc.yaml', stringify(merged(answers, changeOf(stdout))));
    expect((await repository.update()).exitCode).toBe(0);
    await deployment.apply();

    const pipeline = { project: PROJECT, branch: 'main', isProtected: true };
    const token = await issuer.token(claimsOf(pipeline), { audience: 'https://gitlab.com' });
    expect(await assumeRole(gate.url, { role: ROLE, token })).toMatch(/:assumed-role\//);
  });
});

/** What it says to write into the answers. */
function changeOf(diagnosis: string): Yaml {
  const { causes } = JSON.parse(diagnosis) as Diagnosis;
  const fixes = causes.flatMap((cause) => cause.fixes).filter(({ place }) => place === 'answers');
  return parse(fixes[0]?.change ?? '') as Yaml;
}

/** Puts the printed lines to those that are there, as a person does: lists grow, mappings are gone into. */
function merged(there: Yaml, printed: Yaml): Yaml {
  const both = Object.entries(printed).map(([key, value]) => {
    const before = there[key];
    if (isList(value)) return [key, [...(isList(before) ? before : []), ...value]];
    if (typeof value === 'object' && value !== null && typeof before === 'object' && before)
      return [key, merged(before as Yaml, value as Yaml)];
    return [key, value];
  });
  return { ...there, ...(Object.fromEntries(both) as Yaml) };
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
