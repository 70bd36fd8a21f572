import * as v from 'valibot';
import { QUOTAS } from '../iam/quotas.ts';
import { list, text } from '../text/schema-parts.ts';

const quota = (fallback: number, max: number, description: string) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(max),
    v.description(`${description}; ${fallback} unless AWS has raised it for the account`),
  );

export const State = v.variant('backend', [
  v.strictObject({ backend: v.literal('local') }),
  v.strictObject({
    backend: v.literal('s3'),
    bucket: text('S3 bucket of the state'),
    key: text('Key of the state'),
    region: v.optional(text('Region of the bucket, if it is not aws.region')),
  }),
  v.strictObject({ backend: v.literal('gitlab'), name: text('Name of the state in GitLab') }),
]);

export const Quotas = v.strictObject({
  trust_policy: v.optional(
    quota(QUOTAS.trustPolicy, QUOTAS.trustPolicyMax, 'Most characters in a trust policy'),
  ),
  managed_policies: v.optional(
    quota(QUOTAS.managedPolicies, QUOTAS.managedPoliciesMax, 'Most managed policies per role'),
  ),
  roles: v.optional(quota(QUOTAS.roles, QUOTAS.rolesMax, 'Most roles in the account')),
});

export const Provider = v.strictObject({
  mode: v.pipe(
    v.picklist(['create', 'existing']),
    v.description(
      'An account can have one OIDC provider per issuer: create it, or use the existing provider',
    ),
  ),
  thumbprints: v.optional(
    list('SHA-1 thumbprints; only for an instance with a certificate from a private CA'),
  ),
});

/** Where accounts were read from, so that they can be read again. */
export const AccountsFrom = v.strictObject({
  source: v.pipe(
    v.literal('organization'),
    v.description('AWS Organizations, which update --refresh-accounts asks'),
  ),
  organizational_units: v.optional(
    list('IDs of organizational units, or of the root: only accounts in them, at any depth'),
  ),
  tags: v.optional(
    v.pipe(
      v.record(v.string(), v.string()),
      v.description('Only accounts that have all of these tags'),
    ),
  ),
});

export const Account = v.strictObject({
  name: text('Name of the account in file names, CI jobs and reports, such as prod'),
  id: v.optional(text('Account ID: 12 digits, in quotes')),
  region: v.optional(text('AWS region of this account, if it is not aws.region')),
  provider: v.optional(Provider),
  state: v.optional(State),
  quotas: v.optional(Quotas),
  permissions_boundary: v.optional(
    text('ARN of the permissions boundary of the roles in this account that name no other'),
  ),
  tags: v.optional(
    v.pipe(
      v.record(v.string(), v.string()),
      v.description('AWS tags of every role in this account'),
    ),
  ),
});
