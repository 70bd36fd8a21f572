import { expect, test } from '@jest/globals';
import { readAnswersText } from '../../src/answers/read.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';

test.each(['9007199254740993', '1e3', '0x10', '020', '0o17', '1.0'])(
  'an answers file in which an id is written as %s is refused, with its place',
  (written) => {
    expect(() => readAnswersText(`version: 2\nid: ${written}\n`, 'a.yaml')).toThrow(
      `a.yaml:2:5: "${written}" would be read as the number ${Number(written)}`,
    );
  },
);

test('numbers in quotes and plain digits are read', () => {
  expect(readAnswersText('a: 20\nb: "020"\nc: !!str 1e3\n', 'a.yaml').draft).toEqual({
    a: 20,
    b: '020',
    c: '1e3',
  });
});

test('a policy that compares with a number of more than 15 digits is refused', () => {
  const parsed = parsePolicy({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'gitlab.com:project_id': 2 ** 60 } },
    },
  });
  expect(parsed).toMatchObject({ ok: false, problems: [{ fix: 'Write it as a string' }] });
});
