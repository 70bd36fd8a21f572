/** Whoever manages IAM in the stand-in for AWS. */
export const ADMIN = { accessKeyId: 'admin', secretAccessKey: 'admin' };

/** What makes a tool that person, at a stand-in at this address. */
export function adminEnvironment(aws: string, region = 'eu-west-1') {
  return {
    AWS_ENDPOINT_URL: aws,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: ADMIN.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ADMIN.secretAccessKey,
  };
}
