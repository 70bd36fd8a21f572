import { GITLAB_COM, issuerOfUrl } from '../../iam/condition-keys.ts';
import type { Rule } from '../rule.ts';

export const publicCaThumbprint: Rule = {
  id: 'OIDC107',
  name: 'public-ca-thumbprint',
  severity: 'warning',
  harm: 'weakens',
  summary: 'A hard-coded thumbprint for a public CA',
  why: 'AWS verifies the certificate of a public CA with its own list, and uses the thumbprint only for others. A hard-coded thumbprint protects nothing and misleads readers.',
  example: 'gitlab.com changes its certificate, and a reader wrongly expects sign-in to break.',
  fix: 'Remove thumbprint_list',
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
