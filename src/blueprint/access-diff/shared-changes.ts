import type { Blueprint, Stack } from '../blueprint.ts';
import { canonical } from '../../compare/canonical.ts';
import type { AccessChange } from './change.ts';

/** What becomes different for every job: where tokens come from, what they carry, and the account they lead to. */
export function sharedChanges(before: Blueprint, after: Blueprint): AccessChange[] {
  const [had, has] = [before.stacks[0], after.stacks[0]];
  const texts = [...issuer(before, after), ...provider(had, has, after), ...account(had, has)];
  return texts.map((text) => ({ kind: 'changed', sources: [], text }));
}

function issuer({ issuer: had }: Blueprint, { issuer: has }: Blueprint): string[] {
  return [
    ...(had.url === has.url
      ? []
      : [`tokens of ${has.url} are accepted now, those of ${had.url} no longer`]),
    ...(had.audience === has.audience
      ? []
      : [`a token must now carry the audience ${has.audience}, no longer ${had.audience}`]),
  ];
}

function provider(
  { provider: had }: Stack,
  { provider: has }: Stack,
  { issuer, bootstrap }: Blueprint,
): string[] {
  const mode =
    had.mode === has.mode
      ? []
      : has.mode === 'create'
        ? [
            `this repository makes the OIDC provider now; import the one for ${issuer.url} where there is one`,
          ]
        : [
            `${bootstrap ? 'the bootstrap' : 'another repository'} now manages the OIDC provider; Terraform deletes the one for ${issuer.url}, and AWS denies every job, unless you remove it from this state first`,
          ];
  const thumbprints =
    canonical(had.thumbprints) === canonical(has.thumbprints)
      ? []
      : [
          `the certificate of ${issuer.url} is checked against ${has.thumbprints.length > 0 ? `the thumbprints ${has.thumbprints.join(', ')}` : 'the CAs that AWS trusts'} now`,
        ];
  return [...mode, ...thumbprints];
}

function account({ aws: had }: Stack, { aws: has }: Stack): string[] {
  return [
    ...(had.partition === has.partition
      ? []
      : [`the roles are in partition ${has.partition} now, no longer in ${had.partition}`]),
    ...(had.accountId === has.accountId
      ? []
      : [
          `the roles are in ${inWords(has.accountId)} now, previously in ${inWords(had.accountId)}`,
        ]),
  ];
}

function inWords(accountId: string | undefined): string {
  return accountId === undefined ? 'any account' : `account ${accountId}`;
}
