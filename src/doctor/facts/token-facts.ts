import type { Facts } from './facts.ts';
import type { Token } from '../../gitlab/id-token.ts';
import { issuerOfUrl, readKey } from '../../iam/condition-keys.ts';
import { providerArn } from '../../iam/arn.ts';

/** The token, where there is one that can be read. */
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

/** The ARN of the provider that AWS will look for: in the role's account, of the token's `iss`. */
export function wantedProvider(facts: Facts): string | undefined {
  const iss = claim(facts, 'iss');
  const { role } = facts;
  if (iss === undefined || !role || 'flaw' in role) return undefined;
  return providerArn(role.partition, role.account, issuerOfUrl(iss));
}

/** An audience that both the provider and the trust policy take, and else what the policy asks for. */
export function wantedAudience({ provider, trust }: Facts): string | undefined {
  const asked = (trust?.policy.statements ?? []).flatMap(({ conditions }) =>
    conditions
      .filter(({ key }) => readKey(key).claim === 'aud')
      .flatMap(({ values }) => values.map(({ text }) => text)),
  );
  const taken = provider?.audiences ?? [];
  return taken.find((one) => asked.length === 0 || asked.includes(one)) ?? asked[0];
}

/** Whether the provider takes the token's audience, as far as the provider is known. */
export function isTaken(facts: Facts): boolean {
  const { provider } = facts;
  return !provider || audiencesOf(facts).some((one) => provider.audiences.includes(one));
}
