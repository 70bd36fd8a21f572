import type { AuditRule } from './rule.ts';
import { onRole } from './sight.ts';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html */
export const beforeControls: AuditRule = {
  id: 'AUD011',
  name: 'before-controls',
  severity: 'error',
  summary: 'A trust in gitlab.com from before AWS asked for its `sub`',
  why: 'gitlab.com is one issuer for everyone. AWS rejects such a policy today, but older ones keep working as they are.',
  fix: 'Add StringEquals on gitlab.com:sub with the exact subject',
  check: ({ gitlab }) =>
    gitlab.flatMap(({ role }) =>
      role.gitlab?.isBeforeControls === true
        ? [
            onRole(
              role,
              'trust',
              'gitlab.com is trusted without StringEquals or StringLike on its sub',
              'no sub',
            ),
          ]
        : [],
    ),
};
