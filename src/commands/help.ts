import { FLAG_HELP } from '../interview/flags.ts';

const COMMON: readonly (readonly [string, string, string])[] = [
  ['config', 'FILE', 'take the answers from a gitlab-aws-oidc.yaml; flags win over it'],
  ['yes', '', 'ask nothing: take the default of each answer that is not given'],
  ['dry-run', '', 'write nothing, show what would be written'],
  ['json', '', 'print the result as JSON; asks nothing'],
  ['debug', '', 'show where an error came from'],
  ['version', '', 'print the version'],
  ['help', '', 'print this'],
];

/** The text of `--help`. */
export function helpText(): string {
  return `Lets GitLab pipelines sign in to AWS without a stored key: makes a repository with the IAM OIDC
provider, the roles and their trust policies, in CDKTF and in HCL, and the CI file for your jobs.

Usage
  npx create-gitlab-aws-oidc [folder] [flags]

Examples
  npx create-gitlab-aws-oidc my-oidc
      asks, and writes to my-oidc

  npx create-gitlab-aws-oidc my-oidc --yes --project mygroup/myproject=20 --s3-read my-bucket
      asks nothing: branch main of that project may read that bucket

  npx create-gitlab-aws-oidc my-oidc --config gitlab-aws-oidc.yaml
      makes the same repository from its answers

Answers (in brackets: the default)
${table(FLAG_HELP)}
Run
${table(COMMON)}
A flag that can be given several times takes one value each. --no-protected-only says no.
Exit code: 0 done, 1 you said no, 2 wrong usage or answers, 130 interrupted (143: by SIGTERM).
`;
}

function table(rows: readonly (readonly [string, string, string])[]): string {
  return rows
    .map(([name, value, help]) => `  ${`--${name} ${value}`.padEnd(34)} ${help}\n`)
    .join('');
}
