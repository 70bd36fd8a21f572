import type { AccountAnswers } from '../../answers/accounts.ts';
import type { Answers } from '../../answers/schema.ts';
import { STAND_IN_ACCOUNT } from '../../iam/arn.ts';
import type { PolicyValue } from '../../iam/policy.ts';
import type {
  BootstrapAccount,
  BootstrapBlueprint,
  BootstrapParameters,
  Stack,
} from '../blueprint.ts';
import { mapTexts, textInAccount } from './marks.ts';

/** The key and the bucket of an account that has joined but is not in the answers: no state has this place. */
const NO_STATE = 'none';

/** What the one template and the one configuration are given for each account. */
export function parametersOf(
  { accounts, provider }: Answers,
  each: readonly [AccountAnswers, ...AccountAnswers[]],
): Pick<BootstrapBlueprint, 'parameters' | 'accounts'> {
  const [{ answers: first }] = each;
  const creates = String(provider.mode === 'create');
  if (!accounts) {
    return {
      accounts: undefined,
      parameters: {
        provider: creates,
        ...(first.state.backend === 's3' ? { stateKey: first.state.key } : {}),
      },
    };
  }
  const inBucket = first.state.backend === 's3';
  const inBuckets = statesInBuckets(each).length > 1;
  const withBoundary = hasOwnBoundary(each);
  return {
    parameters: {
      provider: creates,
      ...(inBucket ? { stateKey: NO_STATE } : {}),
      ...(inBuckets ? { stateBucket: NO_STATE } : {}),
      ...(withBoundary ? { boundary: '' } : {}),
    },
    accounts: each.flatMap(({ name, account, answers: { aws, provider: own, state } }) => {
      if (name === undefined || aws.account_id === undefined) return [];
      const values: BootstrapParameters = {
        provider: String(own.mode === 'create'),
        ...(state.backend === 's3' ? { stateKey: state.key } : {}),
        ...(state.backend === 's3' && inBuckets ? { stateBucket: state.bucket } : {}),
        ...(withBoundary ? { boundary: account?.permissions_boundary ?? '' } : {}),
      };
      return [{ name, id: aws.account_id, region: aws.region, values } satisfies BootstrapAccount];
    }),
  };
}

/** Whether an account has a boundary of its own, which then takes the place of the one that the bootstrap creates. */
export function hasOwnBoundary(each: readonly AccountAnswers[]): boolean {
  return each.some(({ account }) => account?.permissions_boundary !== undefined);
}

/** The buckets in which the accounts have their states. */
export function statesInBuckets(each: readonly AccountAnswers[]): string[] {
  const buckets = each.flatMap(({ answers: { state } }) =>
    state.backend === 's3' ? [state.bucket] : [],
  );
  return [...new Set(buckets)];
}

/** The texts and documents of the bootstrap as the account of a stack gets them. */
export function documentsIn(
  { boundary, accounts }: BootstrapBlueprint,
  { name, aws, state }: Stack,
) {
  const marks = {
    account: aws.accountId ?? STAND_IN_ACCOUNT,
    ...(state.backend === 's3' ? { stateKey: state.key, stateBucket: state.bucket } : {}),
  };
  const own = accounts?.find((account) => account.name === name)?.values.boundary;
  const text = (value: string) =>
    own && value === boundary.arn ? own : textInAccount(value, marks);
  const created = textInAccount(boundary.arn, marks);
  return {
    text,
    document: (value: PolicyValue) => mapTexts<never>(value, text),
    /** The boundary that the bootstrap creates, which an account may do without. */
    boundary: { arn: created, document: mapTexts<never>(boundary.document, text) },
  };
}
