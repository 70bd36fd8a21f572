import type { Problem } from '../text/problem.ts';

/** Why no answer takes an environment. */
export const ENVIRONMENT: Omit<Problem, 'where'> = {
  what: "a GitLab environment's name is in no subject, and AWS has no condition key for it",
  fix: 'Use refs.protected_only, or deployment_tier or environment_protected in sub_components (GitLab 18.7 or newer)',
  flagFix:
    'Use --protected-only, or --sub-component with deployment_tier or environment_protected (GitLab 18.7 or newer)',
};

const REFS = { fix: 'Use refs.branches and refs.tags', flagFix: 'Use --branch and --tag' };

/** Answers that people look for and that cannot work, with the reason. */
const KNOWN_MISTAKES: Readonly<Record<string, Omit<Problem, 'where'>>> = {
  environment: ENVIRONMENT,
  environments: ENVIRONMENT,
  ref: { what: 'AWS has no condition key for the ref', ...REFS },
  ref_type: { what: 'AWS has no condition key for the ref type', ...REFS },
  ...entries(['merge_request', 'merge_requests', 'mr'], {
    what: 'a merge request has no ref of its own in a subject: its pipeline carries the source branch',
    fix: 'Name source branches in refs.branches, such as * for any',
    flagFix: "Name source branches with --branch, such as '*' for any",
  }),
  ...entries(['sub', 'subject', 'subjects'], {
    what: 'a subject is not given but follows from projects and refs',
    fix: 'Use projects, refs.branches and refs.tags',
    flagFix: 'Use --project, --branch and --tag',
  }),
  ...entries(['project_id', 'project_path'], {
    what: 'a project is named by its path, with its id beside it',
    fix: 'Give both of each project under projects',
    flagFix: 'Give --project PATH=ID',
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
