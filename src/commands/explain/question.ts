import type { Given } from '../../access/tokens/request-dimensions.ts';
import type { Provider } from '../../access/provider.ts';
import { decideJob } from '../../access/job.ts';
import { TIME_KEYS } from '../../access/tokens/request-keys.ts';
import type { RoleContext } from '../../access/role-context.ts';
import { providersOf, trustOf } from '../../access/trust.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { questionOf } from '../../doctor/facts/question.ts';
import type { QuestionFlags } from '../../doctor/facts/question-flags.ts';
import { explain } from '../../explain/explain.ts';
import { claimsOf, contextOf, isAwsKey, issuerOfUrl } from '../../iam/condition-keys.ts';
import type { RoleAnswer } from './answers.ts';

/** A question, as far as it does not hang on the role. */
export interface Asking {
  readonly flags: QuestionFlags;
  readonly blueprint: Blueprint | undefined;
  /** Claims of the token, where one was given. */
  readonly token: Readonly<Record<string, unknown>> | undefined;
  /** Issuer of the token without `https://`, where it was given. */
  readonly issuer: string | undefined;
  readonly isGitlab: (issuer: string) => boolean;
  /** ISO 8601: no request before it counts, unless the question is about another moment. */
  readonly since: string;
}

/** What one role says to the question, and what was assumed for it. */
export function answerOf(
  role: RoleContext,
  asking: Asking,
): { readonly answer: RoleAnswer; readonly assumed: readonly string[]; readonly given: Given } {
  const trust = trustOf(role);
  const named = { role: role.label, key: role.key };
  const providers = providersOf([trust]);
  const own = providers.filter(({ issuer }) => asking.isGitlab(issuer));
  if (own.length === 0) {
    const issuers = [...new Set(providers.map(({ issuer }) => issuer))];
    return {
      answer: { ...named, answer: { decision: 'skipped', issuers } },
      assumed: [],
      given: {},
    };
  }
  const { issuer, isAssumed } = issuerOf(asking, own);
  const { claims: all, assumed } = questionOf(asking.flags, issuer, asking.blueprint, asking.token);
  const claims: Record<string, unknown> = { iss: `https://${issuer}` };
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (isAwsKey(name)) given[name.toLowerCase()] = String(value);
    else claims[name] = value;
  }
  // Of a job that flags describe, the claims that none names are there as well.
  const unknown = asking.token ? [] : claimsOf(issuer).filter((one) => !(one in claims));
  const isOfMoment = TIME_KEYS.some((key) => key in given);
  const answer = decideJob(trust, claims, given, {
    unknown,
    since: isOfMoment ? undefined : asking.since,
  });
  const because =
    answer.decision === 'denied' && answer.because.kind === 'policy' ? answer.because : undefined;
  // A request that the policy denies, so that what fails is not merely a key that was not given.
  const denied = because?.request;
  const decider = answer.decision === 'allowed' ? answer.provider : because?.provider;
  const provider = providersOf([trust], issuer).find((one) =>
    decider === undefined ? one.issuer === issuer : one.arn === decider,
  );
  return {
    answer: {
      ...named,
      answer,
      ...(provider && {
        explanation: explain(role.trust, {
          principal: provider.arn,
          context: {
            ...contextOf(provider.issuer, { ...denied, ...claims }),
            ...denied,
            ...given,
          },
        }),
      }),
    },
    assumed: isAssumed ? [`iss https://${issuer}`, ...assumed] : assumed,
    given,
  };
}

/** The token's issuer: as it says, as the user says, or that of the GitLab that the role trusts. */
function issuerOf({ token, issuer }: Asking, own: readonly Provider[]) {
  const iss = token?.['iss'];
  if (typeof iss === 'string') return { issuer: issuerOfUrl(iss), isAssumed: false };
  if (issuer !== undefined) return { issuer, isAssumed: false };
  return { issuer: own[0]?.issuer ?? '', isAssumed: token !== undefined || own.length > 1 };
}
