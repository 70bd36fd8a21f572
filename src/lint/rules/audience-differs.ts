import { like } from '../../iam/evaluate/wildcard.ts';
import { isGuard } from '../guard.ts';
import type { LintSubject, Rule, Sighting } from '../rule.ts';

export const audienceDiffers: Rule = {
  id: 'OIDC016',
  name: 'audience-differs',
  severity: 'error',
  harm: 'locks-out',
  summary: '`aud` differs between provider, trust policy and CI job',
  why: "The audience of the token must be one of the provider's client IDs and match the trust policy's `aud`, character by character. With a slash at the end it is another audience.",
  example:
    'The job requests `https://gitlab.com`, but the provider lists `https://gitlab.com/`: InvalidIdentityToken, Incorrect token audience.',
  fix: "Write the same audience in the provider's client_id_list, in the aud condition and in the job's id_tokens",
  check: (subject) => {
    const policy = policyAgainstOthers(subject);
    return policy.length > 0 ? policy : jobAgainstProvider(subject);
  },
};

function policyAgainstOthers({ statements, context }: LintSubject): Sighting[] {
  const { ciAudience, clientIds } = context;
  const conditions = statements.flatMap(({ statement }) =>
    statement.conditions.filter((one) => one.claim === 'aud' && isGuard(one)),
  );
  return conditions.flatMap(({ path, operator, values }) => {
    const takes = (audience: string) =>
      values.some(({ text }) =>
        operator.base === 'StringLike' ? like(text, audience) : text === audience,
      );
    if (ciAudience !== undefined && !takes(ciAudience)) {
      return [{ path, message: `the CI job's audience "${ciAudience}" is not among its values` }];
    }
    if (clientIds !== undefined && !clientIds.some(takes)) {
      return [{ path, message: `the provider's client IDs are ${clientIds.join(', ')}` }];
    }
    return [];
  });
}

function jobAgainstProvider({ context: { ciAudience, clientIds } }: LintSubject): Sighting[] {
  if (ciAudience === undefined || clientIds === undefined || clientIds.includes(ciAudience)) {
    return [];
  }
  return [
    {
      path: 'ciAudience',
      message: `"${ciAudience}" is none of the provider's client IDs ${clientIds.join(', ')}`,
    },
  ];
}
