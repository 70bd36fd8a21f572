import type { Given } from '../../access/tokens/request-dimensions.ts';
import type { Provider } from '../../access/provider.ts';
import { decideJob } from '../../access/job.ts';
import { TIME_KEYS } from '../../access/tokens/request-keys.ts';
import type { RoleContext } from '../../access/role-context.ts';
import { located } from '../../access/located.ts';
import { providersOf, trustOf } from '../../access/trust.ts';
import type { Blueprint } from '../../blueprint/blueprint.ts';
import { askedOf, questionOf } from '../../doctor/facts/question.ts';
import type { QuestionFlags } from '../../doctor/facts/question-flags.ts';
import { explainJob } from '../../explain/explain-job.ts';
import { issuerOfUrl } from '../../iam/condition-keys.ts';
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
  const isWhole = asking.token !== undefined;
  const { claims, given, unknown } = askedOf({ iss: `https://${issuer}`, ...all }, isWhole);
  const isOfMoment = TIME_KEYS.some((key) => key in given);
  const decision = decideJob(trust, claims, given, {
    unknown,
    since: isOfMoment ? undefined : asking.since,
  });
  const answer =
    'reasons' in decision
      ? { ...decision, reasons: decision.reasons.map((one) => located(one, trust)) }
      : decision;
  const explanation = explainJob(trust, claims, given, answer);
  return {
    answer: { ...named, answer, ...(explanation && { explanation }) },
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
