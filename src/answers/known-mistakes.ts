import type { Problem } from '../text/problem.ts';

/** Why no answer takes an environment. */
export const ENVIRONMENT: Omit<Problem, 'where'> = {
  what: "a GitLab environment's name is in no subject, and AWS has no condition key for it",
  fix: 'Use refs.protected_only, or deployment_tier or environment_protected in sub_components (GitLab 18.7 or newer)',
};

/** Answers that people look for and that cannot work, with the reason. */
const KNOWN_MISTAKES: Readonly<Record<string, Omit<Problem, 'where'>>> = {
  environment: ENVIRONMENT,
  environments: ENVIRONMENT,
  ref: { what: 'AWS has no condition key for the ref', fix: 'Use refs.branches and refs.tags' },
  ref_type: {
    what: 'AWS has no condition key for the ref type',
    fix: 'Use refs.branches and refs.tags',
  },
  ...entries(['merge_request', 'merge_requests', 'mr'], {
    what: 'a merge request has no ref of its own in a subject: its pipeline carries the source branch',
    fix: 'Name source branches in refs.branches, such as * for any',
  }),
  ...entries(['sub', 'subject', 'subjects'], {
    what: 'a subject is not given but follows from projects and refs',
    fix: 'Use projects, refs.branches and refs.tags',
  }),
  ...entries(['project_id', 'project_path'], {
    what: 'a project is named under projects',
    fix: 'Give path, and id beside it, of each project there',
  }),
  token: { what: 'no answer takes a token, and none is needed', fix: 'Remove it' },
};

function entries(keys: readonly string[], mistake: Omit<Problem, 'where'>) {
  return Object.fromEntries(keys.map((key) => [key, mistake]));
}

/** Why an answer that people look for cannot work, and what to use instead. */
export function knownMistake(key: string): Omit<Problem, 'where'> | undefined {
  return Object.hasOwn(KNOWN_MISTAKES, key) ? KNOWN_MISTAKES[key] : undefined;
}
