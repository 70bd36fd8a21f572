import * as v from 'valibot';
import { ANY_ACCOUNT } from '../iam/arn.ts';
import { shown, type Flaw } from '../text/flaw.ts';

export const accessSchema = v.pipe(
  v.picklist(['read', 'write']),
  v.description('write includes read'),
);

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucket(name: string): Flaw | undefined {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..')) return undefined;
  return {
    what: `${shown(name)} is not a bucket name`,
    fix: 'Enter the bare name: 3 to 63 lowercase letters, digits, dots and dashes, without s3://',
  };
}

/** A state key goes into a resource ARN, where `*`, `?` and `$` would mean something else. */
export function checkStateKey(key: string): Flaw | undefined {
  if (/^[A-Za-z0-9!_.'()-]+(\/[A-Za-z0-9!_.'()-]+)*$/.test(key) && key.length <= 1000)
    return undefined;
  return {
    what: `${shown(key)} is not a key for a state file`,
    fix: "Use letters, digits and !_.'()-, in parts separated by single slashes",
  };
}

/**
 * The condition that a bucket is of an account: a bucket's ARN holds none, and another account may take a name that
 * becomes free. No condition where the account is not known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount
 */
export function ofAccount(account: string): Readonly<Record<string, string>> {
  return account === ANY_ACCOUNT ? {} : { 'aws:ResourceAccount': account };
}
