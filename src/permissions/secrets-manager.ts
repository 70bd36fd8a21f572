import type { Pack } from './pack.ts';

export interface SecretsManagerOptions {
  /** What the names of the secrets begin with that may be read. */
  readonly read?: readonly string[] | undefined;
  /** What the names of the secrets begin with that may be read, created and changed. */
  readonly write?: readonly string[] | undefined;
}

const READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
const WRITE = [
  'secretsmanager:CreateSecret',
  ...READ,
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
];

/** Secrets by the beginning of their name. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsManager: Pack<SecretsManagerOptions> = {
  policyName: () => 'secrets-manager',
  describe: ({ read = [], write = [] }) => [
    ...(read.length > 0 ? [`read secrets ${read.map((prefix) => `${prefix}*`).join(', ')}`] : []),
    ...(write.length > 0
      ? [`read and write secrets ${write.map((prefix) => `${prefix}*`).join(', ')}`]
      : []),
  ],
  statements: ({ read = [], write = [] }, { partition, region, account }) => {
    const secrets = (Sid: string, prefixes: readonly string[], Action: readonly string[]) =>
      prefixes.length === 0
        ? []
        : [
            {
              Sid,
              Effect: 'Allow',
              Action,
              Resource: prefixes.map(
                (prefix) =>
                  `arn:${partition}:secretsmanager:${region}:${account}:secret:${prefix}*`,
              ),
            } as const,
          ];
    return [...secrets('Read', read, READ), ...secrets('Write', write, WRITE)];
  },
};
