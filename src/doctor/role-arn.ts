import { shown, type Flaw } from '../text/flaw.ts';
import { PARTITIONS, type Partition } from '../iam/arn.ts';

/** The ARN of a role, taken apart. */
export interface RoleArn {
  readonly text: string;
  readonly partition: Partition;
  /** 12 digits. */
  readonly account: string;
  readonly path: string;
  readonly name: string;
}

export function readRoleArn(text: string): RoleArn | { flaw: Flaw } {
  const fix = 'Write it as arn:aws:iam::123456789012:role/NAME, with the 12 digits of the account';
  const match = /^arn:([a-z-]+):iam::(\d{12}):role(\/(?:[!-~]+\/)?)([\w+=,.@-]{1,64})$/.exec(text);
  const [, partition = '', account = '', path = '/', name = ''] = match ?? [];
  const known = PARTITIONS.find((one) => one === partition);
  if (!match || known === undefined)
    return { flaw: { what: `${shown(text)} is not a role ARN`, fix } };
  return { text, partition: known, account, path, name };
}
