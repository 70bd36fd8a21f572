import { isDocumentedKey, nearestKey } from '../../access/tokens/request-keys.ts';
import type { Rule } from '../rule.ts';

export const undocumentedKey: Rule = {
  id: 'OIDC119',
  name: 'undocumented-key',
  severity: 'warning',
  harm: 'unknown',
  summary: 'A key of AWS that AWS does not document',
  why: 'AWS accepts a policy with any key. If no request has the key, the condition never holds or, where the operator is negated or ends in IfExists, always does. The key can also be newer than this program.',
  example:
    '`"IpAddress": { "aws:SourceIpAddress": "203.0.113.0/24" }`: AccessDenied for every job, since the key is called `aws:SourceIp`.',
  fix: 'Compare its spelling with the list in https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  check: ({ statements, policy }) =>
    [
      ...statements.map(({ statement }) => statement),
      ...policy.statements.filter(({ effect }) => effect === 'Deny'),
    ].flatMap(({ conditions }) =>
      conditions
        .filter(({ key }) => !isDocumentedKey(key))
        .map(({ path, key }) => {
          const meant = nearestKey(key);
          const fix = meant === undefined ? {} : { fix: `Did you mean ${meant}?` };
          return { path, message: `AWS documents no key "${key}"`, ...fix };
        }),
    ),
};
