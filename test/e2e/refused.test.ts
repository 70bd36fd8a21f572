import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assumeRole } from '../support/stand-ins/assume-role.ts';
import { createProvider, deployGolden } from '../support/tools/deployed-golden.ts';
import { GOLDENS_OF_ONE_ACCOUNT } from '../support/builders/goldens.ts';
import { claimsOf, type Pipeline } from '../support/builders/id-token-claims.ts';
import { Issuer, type TokenOptions } from '../support/stand-ins/issuer.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { describeWith, terraform } from '../support/tools/required-tools.ts';
import { StsGate } from '../support/stand-ins/sts-gate.ts';
import { GOLDEN_ROLES, type GoldenRole } from './roles/golden-roles.ts';
import { neighborsOf } from './roles/neighbors.ts';

const LET_IN = 'let in';
const DENIED = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity';

/** A GitLab of somebody else, that the account trusts for other roles. */
const OTHER_ISSUER = 'https://gitlab.example.org';
/** A GitLab that the account does not know. */
const UNKNOWN_ISSUER = 'https://gitlab.example.net';

const TOKENS: Readonly<Record<string, TokenOptions>> = {
  'another audience': { audience: 'vault.example.com' },
  'an expired token': { lifetime: -1 },
  'a token signed with another key': { key: 'forged' },
  'a token signed with a key that is not published': { key: 'unpublished' },
};

const TOKEN_REFUSALS: Readonly<Record<string, unknown>> = {
  'another audience': 'InvalidIdentityToken: Incorrect token audience',
  'an expired token': expect.stringContaining('ExpiredTokenException: Token expired'),
  'a token signed with another key':
    'InvalidIdentityToken: The web identity token provided could not be validated.',
  'a token signed with a key that is not published': expect.stringContaining(
    "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider",
  ),
  'another host': DENIED,
  'a host without provider': `InvalidIdentityToken: No OpenIDConnect provider found in your account for ${UNKNOWN_ISSUER}`,
};

test('every golden is here', () => {
  expect(Object.keys(GOLDEN_ROLES).sort()).toEqual(GOLDENS_OF_ONE_ACCOUNT);
});

describeWith(
  [moto, terraform],
  'AWS, as Terraform left it, allows those that the answers name and denies the rest',
  () => {
    let server: MotoServer;
    let issuers: Map<string, Issuer>;
    let gate: StsGate;

    beforeAll(async () => {
      server = await MotoServer.start();
      issuers = new Map();
      const urls = Object.values(GOLDEN_ROLES).map(({ issuer }) => issuer);
      for (const url of new Set([...urls, OTHER_ISSUER, UNKNOWN_ISSUER])) {
        issuers.set(url, await Issuer.start(url));
      }
      gate = await StsGate.start(server.url, [...issuers.values()]);
    });

    afterAll(async () => {
      await gate.stop();
      for (const issuer of issuers.values()) await issuer.stop();
      await server.stop();
    });

    describe.each(Object.entries(GOLDEN_ROLES))('%s', (golden, side) => {
      let arns: Record<string, string>;

      beforeAll(async () => {
        await server.reset();
        if (side.hasProvider) {
          await createProvider(server.url, side.region, side.issuer, side.audience);
        }
        arns = await deployGolden(golden, server);
        await createProvider(server.url, side.region, OTHER_ISSUER, side.audience);
      });

      async function attempt(
        role: string,
        pipeline: Pipeline,
        url: string = side.issuer,
        options: TokenOptions = {},
      ): Promise<string> {
        const token = await issuers
          .get(url)
          ?.token(claimsOf(pipeline), { audience: side.audience, ...options });
        const answer = await assumeRole(gate.url, { role: arns[role] ?? '', token: token ?? '' });
        return answer.includes(`:assumed-role/${role}/`) ? LET_IN : answer;
      }

      test('has no other roles than these', () => {
        expect(Object.keys(arns).sort()).toEqual(Object.keys(side.roles).sort());
      });

      test.each(Object.entries(side.roles))('%s: pipelines', async (name, role) => {
        const answers: Record<string, string> = {};
        for (const [what, pipeline] of Object.entries(pipelinesAround(role))) {
          answers[what] = await attempt(name, pipeline);
        }
        expect(answers).toEqual(expectedOf(role));
      });

      test.each(Object.entries(side.roles))('%s: tokens', async (name, { pipeline }) => {
        const answers: Record<string, string> = {
          'another host': await attempt(name, pipeline, OTHER_ISSUER),
          'a host without provider': await attempt(name, pipeline, UNKNOWN_ISSUER),
        };
        for (const [what, options] of Object.entries(TOKENS)) {
          answers[what] = await attempt(name, pipeline, side.issuer, options);
        }
        expect(answers).toEqual(TOKEN_REFUSALS);
      });
    });
  },
);

function pipelinesAround(role: GoldenRole): Record<string, Pipeline> {
  return {
    'whom it is meant for': role.pipeline,
    ...neighborsOf(role.pipeline),
    ...role.furtherLetIn,
    ...role.furtherRefused,
  };
}

function expectedOf(role: GoldenRole): Record<string, string> {
  const letIn = [
    'whom it is meant for',
    ...(role.alsoFor ?? []),
    ...Object.keys(role.furtherLetIn ?? {}),
  ];
  return {
    ...Object.fromEntries(Object.keys(pipelinesAround(role)).map((what) => [what, DENIED])),
    ...Object.fromEntries(letIn.map((what) => [what, LET_IN])),
  };
}
