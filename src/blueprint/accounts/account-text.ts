import { ANY_ACCOUNT, type Partition } from '../../iam/arn.ts';
import type { PolicyValue } from '../../iam/policy.ts';
import type { PackContext } from '../../permissions/pack.ts';

/** What is known of an account only when the text is used. */
const ACCOUNT_VALUES = ['partition', 'region', 'accountId'] as const;
export type AccountValue = (typeof ACCOUNT_VALUES)[number];

/** A text with values of the account in it. */
export class AccountText {
  constructor(readonly parts: readonly (string | { readonly value: AccountValue })[]) {}
}

/** Characters for private use: the checks of no permission pack allow one in what a person writes. */
const MARKS: Readonly<Record<AccountValue, string>> = {
  partition: '\uE000',
  region: '\uE001',
  accountId: '\uE002',
};

/**
 * What a permission pack is given in place of an account's values. {@link inAccountTexts} finds them again.
 *
 * @param isKnown whether the id of the account is; a pack leaves out some conditions where it is not
 * @param partition of all accounts, where they share one
 */
export function anyContext(isKnown: boolean, partition: Partition | undefined): PackContext {
  return {
    partition: partition ?? (MARKS.partition as Partition),
    region: MARKS.region,
    account: isKnown ? MARKS.accountId : ANY_ACCOUNT,
  };
}

/** A document that was made for {@link anyContext}, with the account's values as such. */
export function inAccountTexts(document: PolicyValue): PolicyValue<AccountText> {
  if (typeof document === 'string') return accountText(document);
  if (document === null || typeof document !== 'object') return document;
  if (isList(document)) return document.map(inAccountTexts);
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, inAccountTexts(value)]),
  );
}

/** A text that was made for {@link anyContext}. */
export function accountText(text: string): string | AccountText {
  const parts = text.split(/([\uE000-\uE002])/).filter((part) => part !== '');
  const read = parts.map((part) => {
    const value = ACCOUNT_VALUES.find((one) => MARKS[one] === part);
    return value === undefined ? part : { value };
  });
  return read.some((part) => typeof part !== 'string') ? new AccountText(read) : text;
}

/** Which values of an account a document holds. */
export function accountValuesIn(document: PolicyValue<AccountText>): AccountValue[] {
  if (document === null || typeof document !== 'object') return [];
  if (document instanceof AccountText) {
    return document.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.value]));
  }
  const inside = isList(document) ? document : Object.values(document);
  return inside.flatMap(accountValuesIn);
}

function isList<Ref>(value: PolicyValue<Ref>): value is readonly PolicyValue<Ref>[] {
  return Array.isArray(value);
}
