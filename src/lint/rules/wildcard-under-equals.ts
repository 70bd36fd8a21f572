import { isGitlabSubject, hasWildcard } from '../../iam/subject.ts';
import type { Condition, ConditionValue, Statement } from '../../iam/evaluate/policy.ts';
import { admitted, type Judging } from '../reach.ts';
import type { Rule, Sighting } from '../rule.ts';
import { withOnly, withOperator } from '../../access/variant.ts';
import { widthOf } from '../width.ts';

const EXACT = new Set(['StringEquals', 'StringEqualsIgnoreCase']);

export const wildcardUnderEquals: Rule = {
  id: 'OIDC009',
  name: 'wildcard-under-equals',
  severity: 'error',
  harm: 'locks-out',
  summary: 'A wildcard under StringEquals never matches',
  why: 'StringEquals compares character by character. `*` is then an asterisk, which neither a git ref nor a GitLab path can contain.',
  example:
    '`"StringEquals": {"gitlab.com:sub": "project_path:acme/web:*"}` admits nobody: AccessDenied for every job.',
  fix: 'Use StringLike for patterns, and keep exact subjects under StringEquals in a statement of their own',
  check: ({ statements, judging }) =>
    statements.flatMap(({ statement, onClaims }) =>
      onClaims
        .filter(({ operator }) => EXACT.has(operator.base))
        .flatMap((condition) =>
          condition.values
            .filter(({ text }) => hasWildcard(text.replace(/\$\{[*?]\}/g, '')))
            .map((value): Sighting => ({
              path: value.path,
              message: `"${value.text}" under ${condition.operator.text}, where a wildcard is a plain character`,
              fix: fixFor(statement, condition, value, judging),
            })),
        ),
    ),
};

/** StringLike is the advice only where it admits one project: a closed role must not become an open one. */
function fixFor(
  statement: Statement,
  condition: Condition,
  value: ConditionValue,
  judging: Judging,
): string {
  const { claim, issuer } = condition;
  if (claim === 'aud' && isGitlabSubject(value.text)) {
    return `Move the subject to "${issuer}:sub", and write the audience here`;
  }
  const alone = withOnly(statement, condition, value);
  const [only = condition] = alone.conditions.filter(({ path }) => path === condition.path);
  const like = { base: 'StringLike', ifExists: false, text: 'StringLike' };
  const { grants, undetermined } = admitted(withOperator(alone, only, like), judging);
  const isNarrow = grants.length > 0 && grants.every((grant) => widthOf(grant) === 'project');
  return isNarrow && undetermined.length === 0
    ? 'Use StringLike for patterns, and keep exact subjects under StringEquals in a statement of their own'
    : 'Write the exact value. StringLike would admit more than one project here';
}
