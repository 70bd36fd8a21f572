/** An account of an organization, as AWS Organizations lists it. */
export interface OrganizationAccount {
  /** 12 digits. */
  readonly id: string;
  /** As people wrote it: any characters, and not necessarily one of its kind. */
  readonly name: string;
  /** Whether it is in use: neither suspended nor being closed. */
  readonly active: boolean;
  /** Whether it is the management account of the organization; `undefined` where the source does not say. */
  readonly management: boolean | undefined;
}

/** What AWS says of an account, in a live answer or in a file. */
export interface ListedAccount {
  readonly Id: string;
  readonly Name?: string | undefined;
  readonly Arn?: string | undefined;
  /** Replaced by `State`, which has more values. */
  readonly Status?: string | undefined;
  readonly State?: string | undefined;
}

/** @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
export function organizationAccount({
  Id,
  Name,
  Arn,
  Status,
  State,
}: ListedAccount): OrganizationAccount {
  // The ARN of an account belongs to the management account.
  const owner = Arn?.split(':')[4];
  return {
    id: Id,
    name: Name ?? '',
    active: (State ?? Status ?? 'ACTIVE').toUpperCase() === 'ACTIVE',
    management: owner === undefined ? undefined : owner === Id,
  };
}
