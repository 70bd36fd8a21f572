import fc from 'fast-check';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import type { TrustPolicy } from '../../src/iam/evaluate/policy.ts';

/** Policies with the mistakes that people make, and tokens that nearly fit them. */

export const GITLAB_COM = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
export const OWN_HOST = 'arn:aws:iam::123456789012:oidc-provider/gitlab.example.com';

export function read(document: unknown): TrustPolicy {
  const parsed = parsePolicy(document);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** The policy of a role that tokens of gitlab.com may assume under a condition. */
export function allowing(condition: unknown): TrustPolicy {
  return read({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: GITLAB_COM },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: condition,
    },
  });
}

const paths = fc.constantFrom('acme/web', 'acme/api', 'acme-evil/web', 'acme/sub/web', 'b/c');
const refs = fc.constantFrom('main', 'main2', 'release/1.0', 'v1.0', 'é$x', 'true', 'ref');
const forms = fc.constantFrom(
  ['project_path', 'ref_type', 'ref'],
  ['project_path', 'ref_type', 'ref'],
  ['project_path', 'ref_type', 'ref'],
  ['project_path'],
  ['project_path', 'ref_type'],
  ['project_path', 'ref'],
  ['project_path', 'ref', 'ref_type'],
  ['project_path', 'ref_type', 'ref', 'ref_protected'],
  ['project_path', 'ref_protected', 'ref_type', 'ref'],
  ['project_path', 'project_id', 'deployment_tier', 'ref'],
  ['project_id', 'ref_type', 'ref'],
  ['project_id', 'ref_type', 'ref', 'ref_protected'],
  ['project_id', 'project_path'],
  ['project_path', 'environment_protected', 'deployment_tier', 'ref_type', 'ref'],
);

export type Claims = Readonly<Record<string, string>>;

/** A token of a GitLab: its subject agrees with its claims. */
export const token: fc.Arbitrary<Claims> = fc
  .record({
    issuer: fc.constantFrom('gitlab.com', 'gitlab.com', 'gitlab.example.com'),
    aud: fc.constantFrom('https://gitlab.com', 'sts.amazonaws.com'),
    project_path: paths,
    project_id: fc.constantFrom('20', '201', '7'),
    namespace_id: fc.constantFrom('20', '9'),
    ref: refs,
    ref_type: fc.constantFrom('branch', 'tag'),
    ref_protected: fc.constantFrom('true', 'false'),
    environment_protected: fc.constantFrom('true', 'false'),
    deployment_tier: fc.constantFrom('production', 'staging'),
    pipeline_source: fc.constantFrom('push', 'merge_request_event', 'schedule'),
    runner_environment: fc.constantFrom('gitlab-hosted', 'self-hosted'),
    user_access_level: fc.constantFrom('maintainer', 'developer', undefined),
    user_id: fc.constantFrom('3', '20'),
    user_login: fc.constantFrom('ann', 'bob', 'true'),
    user_email: fc.constantFrom('ann@acme.example', 'bob@b.example'),
    form: forms,
  })
  .map(({ issuer, form, user_access_level, ...claims }) => {
    const values: Claims = claims;
    return {
      iss: `https://${issuer}`,
      sub: form.map((name) => `${name}:${values[name] ?? ''}`).join(':'),
      ...claims,
      ...(user_access_level !== undefined && { user_access_level }),
    };
  });

/** A text, or one a step beside it. */
function bent(text: string, wildcards: boolean): fc.Arbitrary<string> {
  const steps = fc.constantFrom<(from: number, to: number) => string>(
    () => text,
    () => text,
    (from) => text.slice(0, from),
    (from) => `${text.slice(0, from)}x${text.slice(from)}`,
    () => text.toUpperCase(),
    ...(wildcards
      ? ([
          (from) => `${text.slice(0, from)}*`,
          (from) => `${text.slice(0, text.indexOf(':', from) + 1)}*`,
          (from, to) => `${text.slice(0, from)}*${text.slice(to)}`,
          (from) => `${text.slice(0, from)}?${text.slice(from + 1)}`,
          (from) => `*${text.slice(from)}`,
          () => text.replace(/\/[^:]*/, '/*'),
          () => text.replace(/:[^:]*$/, ':*'),
        ] satisfies ((from: number, to: number) => string)[])
      : []),
  );
  return fc
    .tuple(fc.nat(text.length), fc.nat(8), steps)
    .map(([from, length, step]) => step(from, from + length) || text);
}

const STRINGS = [
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringNotLike',
  'StringEqualsIgnoreCase',
];

const KEYS = [
  'sub', 'sub', 'sub', 'aud', 'project_id', 'namespace_id', 'ref_protected', 'pipeline_source',
  'runner_environment', 'user_access_level', 'user_login', 'user_id', 'ref',
] as const; // prettier-ignore

function claimCondition(claims: Claims): fc.Arbitrary<[string, string, unknown]> {
  return fc
    .record({
      key: fc.constantFrom(...KEYS),
      host: fc.constantFrom(
        'gitlab.com',
        'gitlab.com',
        'gitlab.com',
        'gitlab.example.com',
        'https://gitlab.com',
        'GitLab.com',
      ),
      operator: fc.constantFrom(...STRINGS, 'StringEquals', 'StringLike'),
      set: fc.constantFrom('', '', '', '', 'ForAllValues:', 'ForAnyValue:'),
      ifExists: fc.constantFrom('', '', '', 'IfExists'),
      odd: fc.constantFrom(
        ...Array<string>(12).fill(''),
        'Null',
        'Bool',
        'NumericEquals',
        'NumericLessThan',
        'ArnLike',
      ),
      list: fc.boolean(),
    })
    .chain(({ key, host, operator, set, ifExists, odd, list }) => {
      const full = `${host}:${key}`;
      const text = claims[key] ?? 'maintainer';
      if (odd === 'Null')
        return fc
          .constantFrom('true', 'false')
          .map((one): [string, string, unknown] => ['Null', full, one]);
      if (odd === 'Bool')
        return fc
          .constantFrom<unknown>(true, 'true', 'True', 'false')
          .map((one): [string, string, unknown] => ['Bool', full, one]);
      if (odd.startsWith('Numeric'))
        return fc
          .constantFrom<unknown>(20, '20', '21', 7)
          .map((one): [string, string, unknown] => [odd, full, one]);
      if (odd === 'ArnLike') return fc.constant<[string, string, unknown]>([odd, full, text]);
      const value = bent(text, operator.includes('Like'));
      return fc
        .array(value, { minLength: 1, maxLength: 3 })
        .map((values): [string, string, unknown] => [
          `${set}${operator}${ifExists}`,
          full,
          list ? values : values[0],
        ]);
    });
}

const requestCondition = fc.constantFrom<[string, string, unknown]>(
  ['IpAddress', 'aws:SourceIp', '10.0.0.0/8'],
  ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/16', '192.0.2.0/24']],
  ['Bool', 'aws:SecureTransport', 'true'],
  ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z'],
  ['StringLike', 'sts:RoleSessionName', 'gitlab-*'],
  ['StringEquals', 'sts:ExternalId', 'x'],
  ['StringEquals', 'aws:RequestedRegion', 'eu-central-1'],
);

export const request = fc.record({
  'aws:SourceIp': fc.constantFrom('10.0.0.1', '10.1.0.1', '192.0.2.7', '8.8.8.8'),
  'aws:SecureTransport': fc.constantFrom('true', 'false'),
  'aws:CurrentTime': fc.constantFrom('2025-06-01T00:00:00Z', '2026-06-01T00:00:00Z'),
  'sts:RoleSessionName': fc.constantFrom('gitlab-1', 'ann'),
  'aws:RequestedRegion': fc.constantFrom('eu-central-1', 'us-east-1'),
});

const principal = fc.constantFrom<Record<string, unknown>>(
  { Principal: { Federated: GITLAB_COM } },
  { Principal: { Federated: GITLAB_COM } },
  { Principal: { Federated: GITLAB_COM } },
  { Principal: { Federated: [GITLAB_COM, OWN_HOST] } },
  { Principal: { Federated: OWN_HOST } },
  { Principal: { AWS: GITLAB_COM } },
  { Principal: '*' },
);

const action = fc.constantFrom<Record<string, unknown>>(
  { Action: 'sts:AssumeRoleWithWebIdentity' },
  { Action: 'sts:AssumeRoleWithWebIdentity' },
  { Action: 'sts:AssumeRoleWithWebIdentity' },
  { Action: 'sts:AssumeRole' },
  { NotAction: 'sts:AssumeRole' },
  { Action: 'sts:*' },
);

function statement(claims: Claims): fc.Arbitrary<Record<string, unknown>> {
  const condition = fc.oneof(
    { weight: 8, arbitrary: claimCondition(claims) },
    { weight: 1, arbitrary: requestCondition },
  );
  return fc
    .tuple(
      fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      principal,
      action,
      fc.array(condition, { maxLength: 3 }),
    )
    .map(([Effect, who, what, conditions]) => {
      const Condition: Record<string, Record<string, unknown>> = {};
      for (const [operator, key, value] of conditions) {
        Condition[operator] = { ...Condition[operator], [key]: value };
      }
      return { Effect, ...who, ...what, Condition };
    });
}

/** A policy around a token. */
export function policyAround(claims: Claims): fc.Arbitrary<unknown> {
  return fc
    .array(statement(claims), { minLength: 1, maxLength: 3 })
    .map((Statement) => ({ Version: '2012-10-17', Statement }));
}
