import { readFileSync } from 'node:fs';

/** One of the inputs that real tools made. */
export const caseOf = (name: string) =>
  JSON.parse(readFileSync(`test/aws/inputs/cases/${name}/input.json`, 'utf8')) as unknown;

/** A trust policy for one subject of gitlab.com. */
export const trust = (sub: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'gitlab.com:sub': sub } },
    },
  ],
});
