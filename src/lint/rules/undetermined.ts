import { reasonInWords } from '../../access/words.ts';
import type { Rule } from '../rule.ts';

export const undetermined: Rule = {
  id: 'OIDC201',
  name: 'undetermined',
  severity: 'undetermined',
  harm: 'unknown',
  summary: 'What cannot be determined',
  why: 'A value that AWS fills in for each request, or more combinations than the analysis follows, decide who may assume the role.',
  example: '`"gitlab.com:sub": "project_path:${aws:PrincipalTag/team}/*"`.',
  fix: 'Replace the condition by one with fixed values, or accept this finding with a reason',
  check: ({ statements }) =>
    statements.flatMap(({ reaches }) =>
      reaches.flatMap(({ path, undetermined: reasons }) =>
        reasons.map((reason) => ({ path, message: reasonInWords(reason) })),
      ),
    ),
};
