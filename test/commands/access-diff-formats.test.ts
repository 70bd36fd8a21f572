import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import { SIGNS } from '../../src/blueprint/access-diff/change.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { accessDiffText } from '../../src/commands/update/access-diff-text.ts';
import { accessDiffMarkdown } from '../../src/render/access-diff.ts';
import { answers, role } from '../support/builders/answers.ts';
import { hostileAnswers } from '../support/builders/hostile-answers.ts';
import { seen } from '../support/tools/markdown.ts';
import { runs } from '../support/tools/runs.ts';
import { shown } from '../support/tools/shown.ts';

const BEFORE = blueprintOf(answers({ roles: [role({ name: 'Deploy' })] }));
const AFTER = blueprintOf(
  answers({ roles: [role({ refs: { branches: ['next'], tags: ['*'] } })] }),
);

const MOVED = `moved {
  from = aws_iam_role.Deploy
  to   = aws_iam_role.deploy
}
`;

describe('what changes in access', () => {
  test('at a terminal, a sign before each', () => {
    expect(accessDiffText(accessDiff(BEFORE, AFTER))).toBe(`What changes in access
  ~ role Deploy is named deploy now: AWS makes a new role with a new ARN and deletes the old one. Jobs of acme/web must extend .aws-role-deploy in place of .aws-role-Deploy
  + acme/web branch next and tags * may now assume deploy
  - acme/web branch main may no longer assume deploy

Terraform addresses change, but names in AWS do not. Add these blocks to a file moved.tf next to roles.tf
for one apply: without them, Terraform deletes and creates the same names at once.

${MOVED}`);
  });

  test('in a note on a merge request, escaped', () => {
    expect(accessDiffMarkdown(accessDiff(BEFORE, AFTER))).toBe(`### What changes in access

- \`~\` role Deploy is named deploy now: AWS makes a new role with a new ARN and deletes the old one. Jobs of acme/web must extend .aws-role-deploy in place of .aws-role-Deploy
- \`+\` acme/web branch next and tags \\* may now assume deploy
- \`-\` acme/web branch main may no longer assume deploy

Terraform addresses change, but names in AWS do not. Add these blocks to a file moved.tf next to roles.tf for one apply: without them, Terraform deletes and creates the same names at once.

\`\`\`hcl
${MOVED}\`\`\`
`);
  });

  test('no change, reported as such', () => {
    const nothing = accessDiff(AFTER, AFTER);
    expect(accessDiffText(nothing)).toBe('What changes in access\n  nothing\n');
    expect(accessDiffMarkdown(nothing)).toBe('### What changes in access\n\nNothing.\n');
  });

  test('whatever the names are, the note says them and the terminal does not obey them', () => {
    fc.assert(
      fc.property(hostileAnswers(2, 3), hostileAnswers(2, 3), (one, other) => {
        const diff = accessDiff(blueprintOf(one), blueprintOf(other));
        const bullets = accessDiffMarkdown(diff)
          .split('\n')
          .filter((line) => line.startsWith('- '));
        expect(bullets.map((line) => seen(line.slice(2)))).toEqual(
          diff.changes.map(
            ({ kind, text }) => `${SIGNS[kind]} ${shown(text.replace(/[ \t\r\n\f\v]+/g, ' '))}`,
          ),
        );
        expect(accessDiffText(diff).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
      { numRuns: runs(30) },
    );
  });
});
