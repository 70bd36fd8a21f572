import { accountsOf } from '../../answers/accounts.ts';
import { bootstrapNames, bootstrapRoles, boundaryArn } from '../../answers/bootstrap-defaults.ts';
import type { Account, Answers, Bootstrap } from '../../answers/schema.ts';

/**
 * The answers as the stacks of the pipeline are made of: where there is a bootstrap, it creates the provider, and every
 * role is below the path and has the boundary without which the pipeline could not manage it.
 */
export function managedByPipeline(answers: Answers): Answers {
  const { bootstrap, aws, accounts } = answers;
  if (bootstrap === undefined) return answers;
  const { managedPath } = bootstrapNames(bootstrap);
  const boundary =
    aws.account_id === undefined ? undefined : boundaryArn(answers, bootstrap, aws.account_id);
  return {
    ...answers,
    provider: { mode: 'existing' },
    ...(accounts ? { accounts: managedAccounts(answers, accounts, bootstrap) } : {}),
    roles: answers.roles.map((role) => ({
      ...role,
      path: role.path ?? managedPath,
      ...(boundary === undefined ? {} : { permissions_boundary: boundary }),
    })),
  };
}

/** Each account gives its boundary to its roles: its own one, or that of the bootstrap. */
function managedAccounts(
  answers: Answers,
  accounts: readonly Account[],
  bootstrap: Bootstrap,
): Account[] {
  const each = accountsOf(answers);
  return accounts.map(({ provider, ...account }, index) => {
    const own = each[index]?.answers ?? answers;
    const boundary =
      account.permissions_boundary ??
      (account.id === undefined ? undefined : boundaryArn(own, bootstrap, account.id));
    return {
      ...account,
      ...(boundary === undefined ? {} : { permissions_boundary: boundary }),
    };
  });
}

/** The answers with the roles of the bootstrap among the others, for what is about every project that signs in. */
export function withBootstrapRoles(answers: Answers): Answers {
  return { ...answers, roles: [...answers.roles, ...bootstrapRoles(answers)] };
}
