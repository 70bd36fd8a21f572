import { shown, type Flaw } from '../text/flaw.ts';

export const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;
export type Partition = (typeof PARTITIONS)[number];

/** The account part where the account is not known before the deploy. */
export const ANY_ACCOUNT = '*';

/** Stands for the account in an ARN that has to be whole, where the account is not known. */
export const STAND_IN_ACCOUNT = '123456789012';

/** The account in an ARN, where it has 12 digits. */
export function accountOf(arn: string | undefined): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn ?? '')?.[1];
}

/** The partition in an ARN, whatever it is called. */
export function partitionOfArn(arn: string | undefined): string | undefined {
  return /^arn:([\w-]+):/.exec(arn ?? '')?.[1];
}

export function providerArn(partition: Partition, account: string, issuerPrefix: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${issuerPrefix}`;
}

export function roleArn(partition: Partition, account: string, path: string, name: string): string {
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}

export function policyArn(
  partition: Partition,
  account: string,
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${account}:policy${path}${name}`;
}

/** The ARN of a managed policy, given as ARN or as the name of one of AWS's own, with its path if it has one. */
export function managedPolicyArn(partition: Partition, nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:${partition}:iam::aws:policy/${nameOrArn}`;
}

/** The shortest way to name a managed policy: of AWS's own the name, with its path if it has one; else the ARN. */
export function managedPolicyName(arn: string): string {
  return /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1] ?? arn;
}

/** Checks the name or ARN of a managed policy, and that an ARN is of the partition and account at hand. */
export function checkManagedPolicy(
  partition: Partition,
  nameOrArn: string,
  account?: string,
): Flaw | undefined {
  if (nameOrArn.startsWith('arn:')) return checkPolicyArn(partition, nameOrArn, account);
  if (/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,128}$/.test(nameOrArn)) return undefined;
  return {
    what: `${shown(nameOrArn)} is neither the name nor the ARN of a managed policy`,
    fix: 'Give the name of an AWS managed policy, such as ReadOnlyAccess, or the ARN of your own',
  };
}

/** Checks the ARN of a managed policy, as a permissions boundary is one too. */
export function checkPolicyArn(
  partition: Partition,
  arn: string,
  account?: string,
): Flaw | undefined {
  const match =
    /^arn:([a-z-]+):iam::(\d{12}|aws):policy\/([\u0021-\u007e]*\/)?[\w+=,.@-]{1,128}$/.exec(arn);
  const example = `arn:${partition}:iam::123456789012:policy/name`;
  if (!match)
    return {
      what: `${shown(arn)} is not the ARN of a managed policy`,
      fix: `Give it as ${example}`,
    };
  if (match[1] !== partition) {
    return {
      what: `${shown(arn)} is of partition ${match[1] ?? ''}, the roles are of ${partition}`,
      fix: `Give an ARN that begins with arn:${partition}: or change aws.partition`,
      flagFix: `Give an ARN that begins with arn:${partition}: or change --partition`,
    };
  }
  if (account !== undefined && match[2] !== 'aws' && match[2] !== account) {
    return {
      what: `${shown(arn)} is of account ${match[2] ?? ''}, the roles are of ${account}`,
      fix: 'Give a policy of the same account, or correct aws.account_id',
      flagFix: 'Give a policy of the same account, or correct --account-id',
    };
  }
  return undefined;
}
