import type { Check } from './check.ts';
import { audience } from './checks/audience.ts';
import { certificate } from './checks/certificate.ts';
import { issuer } from './checks/issuer.ts';
import { provider } from './checks/provider.ts';
import { roleArn } from './checks/role-arn.ts';
import { role } from './checks/role.ts';
import { sessionDuration } from './checks/session-duration.ts';
import { sessionName } from './checks/session-name.ts';
import { signIn } from './checks/sign-in.ts';
import { signature } from './checks/signature.ts';
import { signingKey } from './checks/signing-key.ts';
import { staleCredentials } from './checks/stale-credentials.ts';
import { tokenClaims } from './checks/token-claims.ts';
import { tokenForm } from './checks/token-form.ts';
import { tokenTimes } from './checks/token-times.ts';
import { trustPolicy } from './checks/trust-policy.ts';

/** In the order in which a sign-in fails: in the client, in STS, in IAM. The real sign-in is last. */
export const CHECKS: readonly Check[] = [
  staleCredentials,
  roleArn,
  sessionName,
  tokenForm,
  tokenClaims,
  provider,
  audience,
  issuer,
  certificate,
  signingKey,
  signature,
  tokenTimes,
  role,
  sessionDuration,
  trustPolicy,
  signIn,
];
