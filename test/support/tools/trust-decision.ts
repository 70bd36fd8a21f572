import type { JWTPayload } from 'jose';
import { simulated } from './simulated.ts';

/** The claims that AWS makes condition keys of: for any issuer, and besides for gitlab.com alone. */
const ANY_ISSUER = ['sub', 'aud'];
const GITLAB_COM = [
  'namespace_id',
  'project_id',
  'ref_protected',
  'pipeline_source',
  'runner_environment',
  'user_access_level',
  'user_email',
  'user_id',
  'user_login',
];

/** The simulator knows `sub` and `aud` of accounts.google.com only, so they stand under its name. */
const ALIAS = 'accounts.google.com';

/** A `$` of the text itself: the simulator does not read IAM's own way to write it, `${$}`. */
const DOLLAR = '\uE000';

/** Whether a role's trust policy lets a token in that the provider has found good. */
export async function isLetIn(
  policy: string,
  provider: string,
  claims: JWTPayload,
): Promise<boolean> {
  const prefix = provider.slice(provider.indexOf('/') + 1);
  const context = [
    ...ANY_ISSUER.map((claim) => [claim, `${ALIAS}:${claim}`] as const),
    ...(prefix === 'gitlab.com' ? GITLAB_COM : []).map(
      (claim) => [claim, `${prefix}:${claim}`] as const,
    ),
  ].flatMap(([claim, key]) => {
    const value = claims[claim];
    return typeof value === 'string' ? [[key, value.replaceAll('$', DOLLAR)] as const] : [];
  });
  const result = await simulated(readable(policy, prefix), provider, Object.fromEntries(context));
  return result === 'Allowed';
}

/** The policy in the words that the simulator knows. */
function readable(policy: string, prefix: string): unknown {
  return JSON.parse(policy, (_key, value: unknown) => {
    if (typeof value === 'string') return value.replace(/\$\{\$\}|\$(?!\{)/g, DOLLAR);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]: [string, unknown]) => [
        ANY_ISSUER.some((claim) => name === `${prefix}:${claim}`)
          ? name.replace(prefix, ALIAS)
          : name,
        inner,
      ]),
    );
  });
}
