import { expect, test } from '@jest/globals';
import { accessDiff } from '../../src/blueprint/access-diff/access-diff.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { Permissions } from '../../src/answers/schema.ts';
import { movedBlocks } from '../../src/render/access-diff.ts';
import { answers, role } from '../support/builders/answers.ts';

const inline_policies = [
  {
    name: 'own',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    },
  },
];
const OWN = 'arn:aws:iam::123456789012:policy/ReadOnlyAccess';

function moves(before: [string, Permissions], after: [string, Permissions]) {
  const [one, other] = [before, after].map(([name, permissions]) =>
    blueprintOf(answers({ roles: [role({ name, permissions })] })),
  );
  return one && other ? accessDiff(one, other).moves : undefined;
}

test('a name that differs in case is one name to AWS: role, attachments and inline policies move along', () => {
  const permissions = { inline_policies, managed_policies: ['ReadOnlyAccess'] };
  expect(movedBlocks(moves(['Deploy', permissions], ['deploy', permissions]) ?? [])).toBe(`moved {
  from = aws_iam_role.Deploy
  to   = aws_iam_role.deploy
}

moved {
  from = aws_iam_role_policy_attachment.Deploy_ReadOnlyAccess
  to   = aws_iam_role_policy_attachment.deploy_ReadOnlyAccess
}

moved {
  from = aws_iam_role_policy.Deploy_own
  to   = aws_iam_role_policy.deploy_own
}
`);
});

test('another name is another role in AWS, so nothing moves', () => {
  expect(moves(['deploy', {}], ['ship', {}])).toEqual([]);
});

test('an attachment whose namesake goes takes its address', () => {
  const both = { managed_policies: ['ReadOnlyAccess', OWN] };
  expect(moves(['deploy', both], ['deploy', { managed_policies: [OWN] }])).toEqual([
    {
      type: 'aws_iam_role_policy_attachment',
      from: 'deploy_ReadOnlyAccess_2',
      to: 'deploy_ReadOnlyAccess',
    },
  ]);
});

test("a policy of the account beside AWS's of the same name leaves that where it is", () => {
  const both = { managed_policies: ['ReadOnlyAccess', OWN] };
  expect(moves(['deploy', { managed_policies: ['ReadOnlyAccess'] }], ['deploy', both])).toEqual([]);
});

test('the order of attachments of one name does not matter', () => {
  const both = { managed_policies: ['ReadOnlyAccess', OWN] };
  const reversed = { managed_policies: [OWN, 'ReadOnlyAccess'] };
  expect(moves(['deploy', both], ['deploy', reversed])).toEqual([]);
  expect(
    [both, reversed].map((permissions) =>
      blueprintOf(answers({ roles: [role({ permissions })] }))
        .stacks[0].roles[0]?.managedPolicies.map(({ arn, label }) => `${label} ${arn}`)
        .sort(),
    ),
  ).toEqual([
    [
      'deploy_ReadOnlyAccess arn:aws:iam::aws:policy/ReadOnlyAccess',
      'deploy_ReadOnlyAccess_2 arn:aws:iam::123456789012:policy/ReadOnlyAccess',
    ],
    [
      'deploy_ReadOnlyAccess arn:aws:iam::aws:policy/ReadOnlyAccess',
      'deploy_ReadOnlyAccess_2 arn:aws:iam::123456789012:policy/ReadOnlyAccess',
    ],
  ]);
});
