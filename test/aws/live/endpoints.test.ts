import { IAMClient, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from '@jest/globals';
import { forIam, type OwnIdentity } from '../../../src/aws/live/credentials.ts';
import { forOrganizations } from '../../../src/aws/live/organization-policies.ts';

/** What a request would have been, had it been sent. */
class NotSent extends Error {
  constructor(readonly asked: string) {
    super(asked);
  }
}

/** Answers nothing: every request ends here, signed as it would be sent. */
const NOWHERE = {
  handle: (request: { hostname: string; headers: Record<string, string> }) => {
    const { authorization = '' } = request.headers;
    const scope = /Credential=[^/]+\/\d{8}\/([^,]+)\/aws4_request/.exec(authorization)?.[1] ?? '';
    return Promise.reject(new NotSent(`${request.hostname} ${scope}`));
  },
};

/** Host, signing region and signing name with which somebody of a partition asks each service. */
async function askedFrom(partition: string, region: string): Promise<string[]> {
  const own: OwnIdentity = {
    account: '111122223333',
    arn: `arn:${partition}:sts::111122223333:assumed-role/auditor/me`,
    partition,
    settings: {
      region,
      maxAttempts: 1,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
      requestHandler: NOWHERE as never,
    },
  };
  const asking = [
    new STSClient(own.settings).send(new GetCallerIdentityCommand()),
    new IAMClient(forIam(own)).send(new ListOpenIDConnectProvidersCommand()),
    new OrganizationsClient(forOrganizations(own)).send(new DescribeOrganizationCommand()),
  ];
  const ended = await Promise.allSettled(asking);
  return ended.map((one) =>
    one.status === 'rejected' && one.reason instanceof NotSent ? one.reason.asked : 'sent',
  );
}

/** @see https://docs.aws.amazon.com/general/latest/gr/iam-service.html and the pages of the other services there */
describe('whom a live audit asks, and how it signs', () => {
  test.each([
    [
      'aws',
      'eu-west-1',
      'sts.eu-west-1.amazonaws.com',
      'iam.amazonaws.com us-east-1',
      'organizations.us-east-1.amazonaws.com us-east-1',
    ],
    [
      'aws-us-gov',
      'us-gov-west-1',
      'sts.us-gov-west-1.amazonaws.com',
      'iam.us-gov.amazonaws.com us-gov-west-1',
      'organizations.us-gov-west-1.amazonaws.com us-gov-west-1',
    ],
    [
      'aws-us-gov',
      'us-gov-east-1',
      'sts.us-gov-east-1.amazonaws.com',
      'iam.us-gov.amazonaws.com us-gov-west-1',
      'organizations.us-gov-west-1.amazonaws.com us-gov-west-1',
    ],
    [
      'aws-cn',
      'cn-north-1',
      'sts.cn-north-1.amazonaws.com.cn',
      'iam.cn-north-1.amazonaws.com.cn cn-north-1',
      'organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1',
    ],
    [
      'aws-cn',
      'cn-northwest-1',
      'sts.cn-northwest-1.amazonaws.com.cn',
      'iam.cn-north-1.amazonaws.com.cn cn-north-1',
      'organizations.cn-northwest-1.amazonaws.com.cn cn-northwest-1',
    ],
  ])('in %s from %s', async (partition, region, sts, iam, organizations) => {
    expect(await askedFrom(partition, region)).toEqual([
      `${sts} ${region}/sts`,
      `${iam}/iam`,
      `${organizations}/organizations`,
    ]);
  });

  test('in a partition that the program has no list for, from the region of the caller', async () => {
    expect(await askedFrom('aws-eusc', 'eusc-de-east-1')).toEqual([
      'sts.eusc-de-east-1.amazonaws.eu eusc-de-east-1/sts',
      'iam.eusc-de-east-1.amazonaws.eu eusc-de-east-1/iam',
      'organizations.eusc-de-east-1.amazonaws.eu eusc-de-east-1/organizations',
    ]);
  });
});
