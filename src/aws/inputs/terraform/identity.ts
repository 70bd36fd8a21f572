import {
  accountOf,
  type Partition,
  partitionOfArn,
  PARTITIONS,
  providerArn,
  roleArn,
  STAND_IN_ACCOUNT,
} from '../../../iam/arn.ts';
import { issuerOfArn, issuerOfUrl } from '../../../iam/condition-keys.ts';
import { partitionOf } from '../../../iam/role-fields.ts';
import { textOf } from '../values.ts';
import type { Surroundings, TerraformResource } from './resource.ts';

/**
 * An attribute that Terraform knows only after the apply, and that follows from the others: IAM's ARNs are made of
 * partition, account, path and name, and names do not change. Where the account is not known, another stands for it.
 *
 * @returns `undefined` where it does not follow
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function computedAttribute(
  { type, values }: Pick<TerraformResource, 'type' | 'values'>,
  attribute: string,
  surroundings: Surroundings,
): string | undefined {
  const account = surroundings.account ?? STAND_IN_ACCOUNT;
  const partition = partitionIn(surroundings);
  const isRole = type === 'aws_iam_role';
  if (isRole && attribute === 'id') return textOf(values['name']);
  const isArn = attribute === 'arn' || (attribute === 'id' && type !== 'aws_iam_role');
  if (!isArn) return undefined;
  if (type === 'aws_iam_openid_connect_provider') {
    const url = textOf(values['url']);
    return url === undefined ? undefined : providerArn(partition, account, issuerOfUrl(url));
  }
  const name = textOf(values['name']);
  const path = textOf(values['path']) ?? '/';
  if (name === undefined) return undefined;
  if (isRole) return roleArn(partition, account, path, name);
  if (type === 'aws_iam_policy') return `arn:${partition}:iam::${account}:policy${path}${name}`;
  return undefined;
}

/** Whether other resources name one of a type by an attribute. */
export function identifies(type: string, attribute: string): boolean {
  if (type === 'aws_iam_role') return /^(name|id|arn)$/.test(attribute);
  return type === 'aws_iam_policy' && /^(arn|id)$/.test(attribute);
}

/**
 * The `url` of a provider as Terraform knows it after the apply: AWS returns it without its scheme, so that
 * `"${aws_iam_openid_connect_provider.gitlab.url}:sub"` is `gitlab.com:sub`. The data source may name an ARN instead.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html
 */
export function urlOfProvider(url: unknown, arn: unknown): unknown {
  if (typeof url === 'string') return url.replace(SCHEME, '');
  return url ?? (typeof arn === 'string' ? issuerOfArn(arn) : arn);
}

const SCHEME = /^https:\/\//;

/** The partition, or that of the region; where neither is known, the one of most accounts stands for it. */
export function partitionIn({ region, partition }: Surroundings): Partition {
  return partition ?? (region === undefined ? 'aws' : partitionOf(region));
}

/** The account and the partition that the resources' own ARNs are of, where it is one. */
export function surroundingsOf(
  resources: readonly Pick<TerraformResource, 'values'>[],
): Surroundings {
  const arns = resources.map(({ values }) => textOf(values['arn']));
  const partition = only(arns.map(partitionOfArn));
  return {
    account: only(arns.map(accountOf)),
    partition: PARTITIONS.find((one) => one === partition),
  };
}

function only(texts: readonly (string | undefined)[]): string | undefined {
  const [one, ...others] = new Set(texts.filter((text) => text !== undefined));
  return others.length === 0 ? one : undefined;
}
