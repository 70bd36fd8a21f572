import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { factsOf } from '../../src/doctor/facts/gather.ts';
import { causesOf } from '../../src/doctor/causes.ts';
import { diagnose } from '../../src/doctor/diagnose.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { AwsLines } from '../support/tools/aws-lines.ts';
import { Certificates, openssl } from '../support/stand-ins/certificates.ts';
import { Issuer } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { applied, deploy, jobOf, signInOf, type SignIn } from '../support/tools/sign-in.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { TlsFront } from '../support/stand-ins/tls-front.ts';

const ACCOUNT = '123456789012';
const AUDIENCE = 'https://gitlab.com';
const SUBJECT = 'project_path:mygroup/myproject:ref_type:branch:ref:main';

/** One thing wrong, the check that is to find it, and what AWS says. */
interface Trouble {
  readonly name: string;
  readonly check: string;
  readonly message: RegExp;
  readonly bring: (signIn: SignIn) => SignIn;
  /** What of the sign-in it spoils: two that spoil the same cannot be together. */
  readonly spoils: readonly string[];
  /** Checks that find nothing as long as this is wrong. */
  readonly hides?: readonly string[];
}

const DENIED = /^AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity/;
const NO_KEY = /^InvalidIdentityToken: Couldn't retrieve verification key/;

const aws = [moto, awsCli, openssl];

describeWith(aws, 'doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  let server: MotoServer;
  let gate: StsGate;
  let lines: AwsLines;
  let front: TlsFront;
  let thumbprint: string;
  let gitlab: Issuer, example: Issuer, moved: Issuer, inside: Issuer, silent: Issuer;
  const before = { ...process.env };

  beforeAll(async () => {
    const certificates = new Certificates(folder, ['gitlab.com'], 1);
    thumbprint = certificates.sha1('ca1');
    [gitlab, example, moved, inside, silent] = await Promise.all([
      Issuer.start('https://gitlab.com'),
      Issuer.start('https://gitlab.example.com'),
      Issuer.start('https://oidc.example.com'),
      Issuer.start('https://127.0.0.1'),
      Issuer.start('https://silent.example.com'),
    ]);
    server = await MotoServer.start();
    const known = [gitlab, example, moved].map(({ url, address }) => ({
      url,
      address,
      thumbprints: [thumbprint],
    }));
    gate = await StsGate.start(server.url, known);
    lines = new AwsLines(gate);
    front = await TlsFront.start(
      { key: certificates.key, cert: certificates.pem('leaf') + certificates.pem('ca1') },
      {
        'gitlab.com': gitlab,
        'gitlab.example.com': example,
        'oidc.example.com': moved,
        '127.0.0.1': inside,
        'silent.example.com': 'silence',
      },
    );
    Object.assign(process.env, adminEnvironment(gate.url));
  });

  afterAll(async () => {
    process.env = before;
    rmSync(folder, { recursive: true });
    for (const one of [front, gate, server, gitlab, example, moved, inside, silent])
      await one.stop();
  });

  function healthy(): SignIn {
    return {
      providers: [{ url: gitlab.url, audiences: [AUDIENCE], thumbprints: [thumbprint] }],
      trust: trusting('gitlab.com', {}),
      longest: 3600,
      role: 'deploy',
      variables: {
        AWS_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/deploy`,
        AWS_ROLE_SESSION_NAME: 'gitlab-20-302',
      },
      hidden: {},
      audience: AUDIENCE,
      issuer: gitlab,
      pipeline: {
        project: { path: 'mygroup/myproject', id: 20 },
        branch: 'main',
        isProtected: true,
      },
      claims: {},
      token: {},
    };
  }

  function trusting(host: string, change: object, operator = 'StringEquals') {
    const condition = { [`${host}:aud`]: AUDIENCE, [`${host}:sub`]: SUBJECT, ...change };
    return {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { [operator]: condition },
        },
      ],
    };
  }

  const policy = (name: string, change: object): Trouble => ({
    name,
    check: 'trust policy',
    message: DENIED,
    bring: (signIn) => ({ ...signIn, trust: trusting('gitlab.com', change) }),
    spoils: ['trust'],
  });
  const pipeline = (name: string, change: object): Trouble => ({
    name,
    check: 'trust policy',
    message: DENIED,
    bring: (signIn) => ({
      ...signIn,
      pipeline: {
        project: signIn.pipeline.project,
        isProtected: true,
        ...change,
      } as SignIn['pipeline'],
    }),
    spoils: ['trust'],
  });
  const variable = (
    name: string,
    check: string,
    message: RegExp,
    variables: SignIn['variables'],
  ): Trouble => ({
    name,
    check,
    message,
    bring: (signIn) => ({ ...signIn, variables: { ...signIn.variables, ...variables } }),
    spoils: Object.keys(variables),
  });
  const issuerOf = (name: string, check: string, issuer: () => Issuer): Trouble => ({
    name,
    check,
    message: NO_KEY,
    bring: (signIn) => ({
      ...signIn,
      issuer: issuer(),
      trust: trusting(issuer().url.replace('https://', ''), {}),
      providers: [
        ...signIn.providers,
        { url: issuer().url, audiences: [AUDIENCE], thumbprints: [thumbprint] },
      ],
    }),
    spoils: ['trust', 'provider'],
  });

  const sub = (text: string) => ({ 'gitlab.com:sub': text });
  const path = (rest: string) => sub(`project_path:mygroup/myproject:${rest}`);

  const troubles: Trouble[] = [
    pipeline('another branch', { branch: 'develop' }),
    pipeline('a tag', { tag: 'v1.0.0' }),
    pipeline('a merge request', { mergeRequestFrom: 'fix' }),
    pipeline('a fork', { branch: 'main', fork: { path: 'someone/myproject', id: 99 } }),
    pipeline('components of its own in sub', {
      branch: 'main',
      subComponents: ['project_id', 'ref_type', 'ref'],
    }),
    policy('another letter case', sub('project_path:MyGroup/myproject:ref_type:branch:ref:main')),
    policy('another project id, after a rename', { 'gitlab.com:project_id': '19' }),
    policy('a wildcard under StringEquals', path('ref_type:branch:ref:*')),
    policy('a ref_type that there is not', path('ref_type:mr:ref:main')),
    policy('the aud of the trust policy', { 'gitlab.com:aud': 'sts.amazonaws.com' }),
    policy('a key of another host', {
      'gitlab.example.com:sub': SUBJECT,
      'gitlab.com:sub': SUBJECT,
    }),
    {
      ...pipeline('an unprotected ref', { branch: 'main', isProtected: false }),
      bring: (signIn) => ({
        ...signIn,
        pipeline: { ...signIn.pipeline, isProtected: false },
        trust: trusting('gitlab.com', { 'gitlab.com:ref_protected': 'true' }),
      }),
    },
    {
      name: 'a role at another path',
      check: 'role',
      message: DENIED,
      bring: (signIn) => ({
        ...signIn,
        variables: { ...signIn.variables, AWS_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/ci/deploy` },
      }),
      spoils: ['AWS_ROLE_ARN'],
    },
    {
      name: 'no provider in the account',
      check: 'provider',
      message:
        /^InvalidIdentityToken: No OpenIDConnect provider found in your account for https:\/\/gitlab.com/,
      bring: (signIn) => ({
        ...signIn,
        providers: signIn.providers.filter(({ url }) => url !== gitlab.url),
      }),
      spoils: ['provider'],
    },
    {
      name: 'an audience that the provider does not take',
      check: 'audience',
      message: /^InvalidIdentityToken: Incorrect token audience/,
      bring: (signIn) => ({
        ...signIn,
        providers: [{ url: gitlab.url, audiences: ['sts'], thumbprints: [thumbprint] }],
      }),
      spoils: ['provider'],
    },
    {
      name: 'an aud that the job should not ask for',
      check: 'audience',
      message: /^InvalidIdentityToken: Incorrect token audience/,
      bring: (signIn) => ({ ...signIn, audience: 'sts.amazonaws.com' }),
      spoils: ['audience'],
    },
    {
      name: 'no aud, as in CI_JOB_JWT',
      check: 'audience',
      message: /^InvalidIdentityToken: Missing a required claim: aud/,
      bring: (signIn) => ({ ...signIn, audience: undefined }),
      spoils: ['audience'],
    },
    issuerOf('an instance that is not public', 'issuer', () => inside),
    issuerOf('an instance that does not answer', 'issuer', () => silent),
    {
      name: 'a key that is no longer published',
      check: 'signing key',
      message: NO_KEY,
      bring: (signIn) => ({ ...signIn, token: { key: 'unpublished' } }),
      spoils: ['token'],
    },
    {
      name: 'a changed token',
      check: 'signature',
      message: /^InvalidIdentityToken: The web identity token provided could not be validated/,
      bring: (signIn) => ({ ...signIn, token: { key: 'forged' } }),
      spoils: ['token'],
    },
    {
      name: 'a stale thumbprint',
      check: 'certificate',
      message:
        /^InvalidIdentityToken: OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint/,
      bring: (signIn) => ({
        ...signIn,
        providers: [{ url: gitlab.url, audiences: [AUDIENCE], thumbprints: ['0'.repeat(40)] }],
      }),
      spoils: ['provider'],
    },
    {
      name: 'a token that has expired',
      check: 'token times',
      message: /^ExpiredTokenException/,
      bring: (signIn) => ({ ...signIn, token: { lifetime: -60 } }),
      spoils: ['token'],
    },
    variable('a session name with a slash', 'session name', /^ValidationError.*roleSessionName/, {
      AWS_ROLE_SESSION_NAME: 'mygroup/myproject',
    }),
    variable(
      "a session longer than the role's",
      'session duration',
      /^ValidationError.*DurationSeconds exceeds the MaxSessionDuration/,
      { AWS_ROLE_DURATION: '7200' },
    ),
    variable('a stale profile', 'environment', /config profile \(old\) could not be found/, {
      AWS_PROFILE: 'old',
    }),
    {
      name: 'a protected variable on an unprotected branch',
      check: 'role ARN',
      message: /--role-arn: expected one argument/,
      bring: ({ variables: { AWS_ROLE_ARN = '', ...variables }, ...signIn }) => ({
        ...signIn,
        variables,
        hidden: { AWS_ROLE_ARN },
        pipeline: { ...signIn.pipeline, isProtected: false },
      }),
      spoils: ['AWS_ROLE_ARN', 'AWS_PROFILE'],
      // Without the role nobody knows which account to ask.
      hides: ['provider', 'audience', 'certificate', 'session duration', 'trust policy'],
    },
  ];

  async function causesIn(signIn: SignIn): Promise<Found> {
    const job = await jobOf(signIn);
    const env = { ...job, HTTPS_PROXY: front.url };
    const { facts } = await factsOf(undefined, { live: true }, env, Date.now() / 1000);
    return { causes: causesOf(await diagnose(facts)), answer: await signInOf(gate.url, job) };
  }

  const SESSION = new RegExp(`^arn:aws:sts::${ACCOUNT}:assumed-role/deploy/gitlab-20-302$`);

  /** Fixes what doctor names first, until the sign-in succeeds. */
  async function fixed(signIn: SignIn, found: Found): Promise<string> {
    let state = signIn;
    let now = found;
    for (let round = 0; round < 5; round++) {
      const { causes, answer } = now;
      if (SESSION.test(answer)) return answer;
      const [fix] = causes[0]?.fixes ?? [];
      if (!fix) return `no fix for ${causes[0]?.cause ?? 'nothing'} though ${answer}`;
      state = await applied(fix, state, lines, moved);
      now = await causesIn(state);
    }
    return 'not after five fixes';
  }

  test('finds nothing wrong where nothing is, in under a second', async () => {
    await deploy(gate.url, healthy());
    const start = performance.now();
    expect(await causesIn(healthy())).toEqual({
      causes: [],
      answer: expect.stringMatching(SESSION),
    });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test('with --try it signs in, and says who that is', async () => {
    await deploy(gate.url, healthy());
    const env = { ...(await jobOf(healthy())), HTTPS_PROXY: front.url };
    const { facts } = await factsOf(undefined, { try: true }, env, Date.now() / 1000);
    expect(facts.attempt).toEqual({ identity: expect.stringMatching(SESSION) });
  });

  test('with --try, what STS answers is the cause where nothing else is known', async () => {
    await deploy(gate.url, {
      ...healthy(),
      trust: trusting('gitlab.com', path('ref_type:tag:ref:x')),
    });
    const env = { ...(await jobOf(healthy())), HTTPS_PROXY: front.url };
    const { facts } = await factsOf(undefined, { try: true }, env, Date.now() / 1000);
    expect(causesOf(await diagnose(facts))).toMatchObject([
      {
        check: 'sign-in',
        cause:
          'STS rejected the token: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
      },
    ]);
  });

  describe('names the cause, and its fix makes the sign-in succeed:', () => {
    test.each(troubles)('$name', async ({ bring, check, message }) => {
      const signIn = bring(healthy());
      await deploy(gate.url, signIn);
      const found = await causesIn(signIn);
      const { causes, answer } = found;
      expect(answer).toMatch(message);
      expect(causes.map((cause) => cause.check)).toEqual([check]);
      expect(await fixed(signIn, found)).toMatch(SESSION);
    });
  });

  // One of each kind: what a check finds besides is the same whatever brought its own trouble about.
  const kinds = troubles.filter(
    ({ check }, i) => troubles.findIndex((one) => one.check === check) === i,
  );
  const pairs = kinds.flatMap((one, i) =>
    kinds
      .slice(i + 1)
      .filter((other) => canBeTogether(one, other))
      .map((other) => ({ one, other, name: `${one.name}, and ${other.name}` })),
  );

  describe('names both causes, the one that AWS meets first, and fixes both:', () => {
    test.each(pairs)('$name', async ({ one, other }) => {
      const signIn = other.bring(one.bring(healthy()));
      await deploy(gate.url, signIn);
      const found = await causesIn(signIn);
      const { causes, answer } = found;
      const checks = causes.map(({ check }) => check);
      const seen = [one.check, other.check].filter(
        (check) => !one.hides?.includes(check) && !other.hides?.includes(check),
      );
      expect(checks).toEqual(expect.arrayContaining(seen));
      expect(answer).toMatch(checks[0] === one.check ? one.message : other.message);
      expect(await fixed(signIn, found)).toMatch(SESSION);
    });
  });
});

/** What doctor says, and what STS answers to the job. */
interface Found {
  readonly causes: ReturnType<typeof causesOf>;
  readonly answer: string;
}

/** Two that spoil the same are one, or hide one another. */
function canBeTogether(one: Trouble, other: Trouble): boolean {
  return one.check !== other.check && !one.spoils.some((part) => other.spoils.includes(part));
}
