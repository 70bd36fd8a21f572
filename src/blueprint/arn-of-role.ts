import { roleArn } from '../iam/arn.ts';
import type { RoleBlueprint, Stack } from './blueprint.ts';

/**
 * A role's ARN.
 *
 * @param account the account's id, or what stands for it where it is not known
 */
export function arnOfRole({ aws }: Stack, { path, name }: RoleBlueprint, account: string): string {
  return roleArn(aws.partition, account, path, name);
}
