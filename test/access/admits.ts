import type { Values } from '../../src/access/describe.ts';
import type { Grant, Limit } from '../../src/access/grant.ts';
import type { Test } from '../../src/access/tokens/test.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import { isAllowed, preparePolicy } from '../../src/iam/evaluate/evaluate.ts';
import { like } from '../../src/iam/evaluate/wildcard.ts';

type Texts = Readonly<Record<string, string>>;

/**
 * Whether a table can be read to the end: no set of values is given by examples, and no condition is one that cannot be read,
 * by which a token may be in the grant or not.
 */
export function isExact({ limits }: Grant): boolean {
  return limits.every(
    (limit) => limit.on !== 'unread' && (!('values' in limit) || limit.values.kind !== 'examples'),
  );
}

/** Whether a token with GitLab's default subject is one of those that a grant names, by the grant's words alone. */
export function admits(grant: Grant, claims: Texts, provider: string, request: Texts): boolean {
  const { who, refs, exceptRefs, limits, audiences, subjectForm } = grant;
  const path = claims['project_path'] ?? '';
  const matches = ({ type, name }: { type: string; name: string }) =>
    type === claims['ref_type'] && like(name, claims['ref'] ?? '');
  return (
    grant.provider === provider &&
    subjectForm.join() === 'project_path,ref_type,ref' &&
    isWho(who, path) &&
    (who.ids.length === 0 || who.ids.some((id) => like(id, claims['project_id'] ?? ''))) &&
    refs.some(matches) &&
    !exceptRefs.some(matches) &&
    (audiences.length === 0 || audiences.some((one) => like(one, claims['aud'] ?? ''))) &&
    limits.every((limit) => meets(limit, claims, request))
  );
}

function isWho({ kind, path: pattern = '*', exceptPaths }: Grant['who'], path: string): boolean {
  const whole = kind === 'group' ? `${pattern}/*` : pattern;
  return like(whole, path) && !exceptPaths.some((one) => like(one, path));
}

function meets(limit: Limit, claims: Texts, request: Texts): boolean {
  switch (limit.on) {
    case 'protected':
      return claims['ref_protected'] === String(limit.is);
    case 'environment':
      return claims['environment_protected'] === String(limit.protected);
    case 'tier':
      return limit.any.includes(claims['deployment_tier'] ?? '');
    case 'source':
      return limit.any.includes(claims['pipeline_source'] ?? '');
    case 'runner':
      return limit.any.includes(claims['runner_environment'] ?? '');
    case 'claim':
      return isOneOf(limit.values, claims[limit.claim]);
    case 'request': {
      const key =
        Object.keys(request).find((one) => one.toLowerCase() === limit.key.toLowerCase()) ?? '';
      return isOneOf(limit.values, request[key]);
    }
    case 'unread':
      return false;
  }
}

function isOneOf(values: Values, value: string | undefined): boolean {
  if (values.kind !== 'tests') return values.values.includes(value);
  const passes = (test: Test) => value !== undefined && passesTest(test, value);
  return (values.any === 'all' || values.any.some(passes)) && !values.except.some(passes);
}

/** A policy of one condition says what the operator means. */
function passesTest({ operator, value }: Test, text: string): boolean {
  const arn = 'arn:aws:iam::123456789012:oidc-provider/host';
  const parsed = parsePolicy({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: arn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { [operator]: { 'host:key': value.split(', ') } },
    },
  });
  return (
    parsed.ok &&
    isAllowed(preparePolicy(parsed.policy), { principal: arn, context: { 'host:key': text } })
  );
}
