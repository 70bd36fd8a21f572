import type { At } from '../../text/collect.ts';
import { accountsOf, type AccountAnswers } from '../accounts.ts';
import type { Answers, Bootstrap } from '../schema.ts';

/** One template, with a few parameters, is the bootstrap of every account. */
export function checkBootstrapOfAccounts(answers: Answers, bootstrap: Bootstrap, at: At): void {
  const each = accountsOf(answers);
  const [first] = each;
  const thumbprints = each.flatMap(({ answers: { provider } }) =>
    provider.mode === 'create' ? [provider.thumbprints ?? []] : [],
  );
  each.forEach(({ account, answers: { aws, provider, state } }, index) => {
    const own = (where: string) => at(`accounts[${index}].${where}`);
    if (aws.account_id === undefined) {
      own('id')({
        what: 'its ID is missing, and the pipeline signs in to roles whose ARNs contain it',
        fix: 'Give the 12 digits of the account, in quotes',
        flagFix: 'Give the 12 digits of the account: NAME=123456789012',
      });
    }
    if (aws.partition !== first.answers.aws.partition) {
      own('region')({
        what: `it is in the partition ${aws.partition ?? ''}, and the bootstrap is for accounts of one partition`,
        fix: 'Manage the accounts of each partition in a repository of its own',
      });
    }
    if (
      provider.mode === 'create' &&
      JSON.stringify(provider.thumbprints ?? []) !== JSON.stringify(thumbprints[0])
    ) {
      own('provider.thumbprints')({
        what: 'they are not those of the other accounts, and all trust one issuer',
        fix: 'Give the same thumbprints everywhere',
      });
    }
    if (state.backend !== first.answers.state.backend) {
      own('state.backend')({
        what: 'it is not that of the other accounts, and the bootstrap is for one kind of state',
        fix: 'Keep the states of all accounts in s3, or all in gitlab',
      });
    }
    if (/[,"\\]/.test(account?.permissions_boundary ?? '')) {
      own('permissions_boundary')({
        what: 'it contains a comma, a quotation mark or a backslash, which bootstrap/accounts.csv cannot hold',
        fix: 'Use a boundary with another name',
      });
    }
  });
  checkStates(each, bootstrap, at);
}

function checkStates(
  each: readonly [AccountAnswers, ...AccountAnswers[]],
  { state_account }: Bootstrap,
  at: At,
): void {
  const { state } = each[0].answers;
  if (state.backend === 'local') {
    at('state.backend')({
      what: 'the state is local, so the pipeline does not sign in and needs no bootstrap',
      fix: 'Keep the state in s3 or gitlab, or leave bootstrap out',
    });
  }
  if (state.backend !== 's3' && state_account !== undefined) {
    at('bootstrap.state_account')({
      what: 'the state is not in a bucket',
      fix: 'Leave it out, or set state.backend to s3',
    });
  }
  const buckets = each.flatMap(({ answers }) =>
    answers.state.backend === 's3' ? [answers.state.bucket] : [],
  );
  const shared = buckets.find((bucket, index) => buckets.indexOf(bucket) !== index);
  if (shared !== undefined && state_account === undefined) {
    at('bootstrap.state_account')({
      what: `it is missing, and the bucket ${shared} of several accounts belongs to only one of them`,
      fix: 'Give the ID of the account that owns the bucket, or put {account} in state.bucket',
    });
  }
}
