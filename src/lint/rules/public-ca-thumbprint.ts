import { GITLAB_COM, issuerOfUrl } from '../../iam/condition-keys.ts';
import type { Rule } from '../rule.ts';

export const publicCaThumbprint: Rule = {
  id: 'OIDC107',
  name: 'public-ca-thumbprint',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A hard-coded thumbprint for a public CA',
  why: 'AWS verifies a certificate of a public CA by its own list and uses the thumbprint only for others. A hard-coded one protects nothing and misleads.',
  example: 'gitlab.com changes its certificate; the next reader believes that sign-in will break.',
  fix: 'Leave thumbprint_list out',
  check: ({ statements, context: { thumbprints = [], providerUrl } }) => {
    const isPublic =
      providerUrl === undefined
        ? statements.some(({ isGitlabCom }) => isGitlabCom)
        : issuerOfUrl(providerUrl).toLowerCase() === GITLAB_COM;
    return thumbprints.length > 0 && isPublic
      ? [{ path: 'thumbprints', message: 'AWS does not use them for gitlab.com' }]
      : [];
  },
};
