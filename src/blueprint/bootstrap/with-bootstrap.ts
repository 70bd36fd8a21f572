import { bootstrapNames, bootstrapRoles, boundaryArn } from '../../answers/bootstrap-defaults.ts';
import type { Answers } from '../../answers/schema.ts';

/**
 * The answers as the stacks of the pipeline are made of: where there is a bootstrap, it creates the provider, and every
 * role is below the path and has the boundary without which the pipeline could not manage it.
 */
export function managedByPipeline(answers: Answers): Answers {
  const { bootstrap, aws } = answers;
  if (bootstrap === undefined) return answers;
  const { managedPath } = bootstrapNames(bootstrap);
  const boundary =
    aws.account_id === undefined ? undefined : boundaryArn(answers, bootstrap, aws.account_id);
  return {
    ...answers,
    provider: { mode: 'existing' },
    roles: answers.roles.map((role) => ({
      ...role,
      path: role.path ?? managedPath,
      ...(boundary === undefined ? {} : { permissions_boundary: boundary }),
    })),
  };
}

/** The answers with the roles of the bootstrap among the others, for what is about every project that signs in. */
export function withBootstrapRoles(answers: Answers): Answers {
  return { ...answers, roles: [...answers.roles, ...bootstrapRoles(answers)] };
}
