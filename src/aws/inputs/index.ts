import { accountDetails } from './account-details.ts';
import { cloudFormationTemplate } from './cloudformation/template.ts';
import { iamRole } from './iam-role.ts';
import { oidcProvider } from './oidc-provider.ts';
import { organizationPolicy, policy, statement } from './policy.ts';
import type { Reader } from './reader.ts';
import { jsonConfiguration } from './terraform/json-configuration.ts';
import { terraformShow } from './terraform/show.ts';
import { terraformState } from './terraform/state-file.ts';

/** Every format of JSON objects, in the order in which they are tried. */
export const READERS: readonly Reader[] = [
  accountDetails,
  iamRole,
  oidcProvider,
  organizationPolicy,
  terraformShow,
  terraformState,
  jsonConfiguration,
  cloudFormationTemplate,
  policy,
  statement,
];
