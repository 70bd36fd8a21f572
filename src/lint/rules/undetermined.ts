import { reasonInWords } from '../../access/words.ts';
import type { Rule } from '../rule.ts';

export const undetermined: Rule = {
  id: 'OIDC201',
  name: 'undetermined',
  severity: 'undetermined',
  harm: 'unknown',
  summary: 'What cannot be determined',
  why: 'A value that AWS fills in for each request decides who may assume the role. Or there are too many combinations to analyze.',
  example:
    '`"gitlab.com:sub": "project_path:acme/web:ref_type:branch:ref:${sts:RoleSessionName}"`.',
  fix: 'Use a condition with fixed values, or accept this finding with a reason',
  check: ({ statements }) =>
    statements.flatMap(({ reaches }) =>
      reaches.flatMap(({ path, undetermined: reasons }) =>
        reasons.map((reason) => ({ path, message: reasonInWords(reason) })),
      ),
    ),
};
