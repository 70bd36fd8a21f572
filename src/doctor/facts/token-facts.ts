import type { Facts } from './facts.ts';
import type { Token } from '../../gitlab/id-token.ts';
import { issuerOfUrl, readKey } from '../../iam/condition-keys.ts';
import { providerArn } from '../../iam/arn.ts';

/** The token, where it is readable. */
export function wholeToken({ token }: Facts): Token | undefined {
  return token && 'text' in token ? token : undefined;
}

/** A claim's text. */
export function claim({ claims }: Facts, name: string): string | undefined {
  const value = claims && Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The audiences that the token is for. */
export function audiencesOf({ claims }: Facts): string[] {
  const value = claims && Object.hasOwn(claims, 'aud') ? claims['aud'] : undefined;
  return [value].flat().filter((one) => typeof one === 'string');
}

/** The ARN of the provider that AWS will use: in the role's account, for the token's `iss`. */
export function wantedProvider(facts: Facts): string | undefined {
  const iss = claim(facts, 'iss');
  const { role } = facts;
  if (iss === undefined || !role || 'flaw' in role) return undefined;
  return providerArn(role.partition, role.account, issuerOfUrl(iss));
}

/** An audience that both the provider and the trust policy accept; otherwise the first of the policy. */
export function wantedAudience({ provider, trust }: Facts): string | undefined {
  const required = (trust?.policy.statements ?? []).flatMap(({ conditions }) =>
    conditions
      .filter(({ key }) => readKey(key).claim === 'aud')
      .flatMap(({ values }) => values.map(({ text }) => text)),
  );
  const accepted = provider?.audiences ?? [];
  return accepted.find((one) => required.length === 0 || required.includes(one)) ?? required[0];
}

/** Whether the provider accepts the token's audience, as far as the provider is known. */
export function isTaken(facts: Facts): boolean {
  const { provider } = facts;
  return !provider || audiencesOf(facts).some((one) => provider.audiences.includes(one));
}
