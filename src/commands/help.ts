import { FLAG_HELP, ROLE_FLAG_HELP } from '../interview/flags.ts';

type Rows = readonly (readonly [name: string, value: string, help: string])[];

const JSON_FLAG = ['json', '', 'print the result as JSON'] as const;
const DEBUG_FLAG = ['debug', '', 'show where an error came from'] as const;

/** What `--help` says of a command; of the program, where it is none. */
export function helpOf(command: string | undefined): string {
  switch (command) {
    case 'explain':
      return explainHelp();
    case 'lint':
      return lintHelp();
    case 'doctor':
      return doctorHelp();
    case 'update':
      return updateHelp();
    case 'add':
      return addHelp();
    case 'remove':
      return removeHelp();
    default:
      return createHelp();
  }
}

/** `create --help`, which is the program's. */
function createHelp(): string {
  return `Lets GitLab pipelines sign in to AWS without a stored key: makes a repository with the IAM OIDC
provider, the roles and their trust policies, in CDKTF and in HCL, and the CI file for your jobs.

Usage
  npx create-gitlab-aws-oidc [folder] [flags]         make a repository
  npx create-gitlab-aws-oidc update [folder] [flags]  make a repository what its answers say now
  npx create-gitlab-aws-oidc add|remove KIND NAME     change its answers, then update
  npx create-gitlab-aws-oidc explain [input] [flags]  who can assume what; would this job be let in
  npx create-gitlab-aws-oidc lint [input] [flags]     judge trust policies, of any origin
  npx create-gitlab-aws-oidc doctor [input] [flags]   why was this job denied

Examples
  npx create-gitlab-aws-oidc my-oidc
      asks, and writes to my-oidc

  npx create-gitlab-aws-oidc my-oidc --yes --project mygroup/myproject=20 --s3-read my-bucket
      asks nothing: branch main of that project may read that bucket

  npx create-gitlab-aws-oidc my-oidc --config gitlab-aws-oidc.yaml
      makes the same repository from its answers

${Object.entries(FLAG_HELP)
  .map(([heading, rows]) => `${heading}\n${table(rows)}\n`)
  .join('')}This run
${table([
  ['config', 'FILE', 'take the answers from a gitlab-aws-oidc.yaml; flags win over it'],
  ['yes', '', 'ask nothing: take the default of each answer that is not given'],
  ['ca-file', 'FILE', 'trust this CA, in PEM, when GitLab is asked'],
  ['dry-run', '', 'write nothing, show what would be written'],
  ['json', '', 'print the result as JSON; asks nothing'],
  DEBUG_FLAG,
  ['version', '', 'print the version'],
])}
A flag that can be given several times takes one value each. --no-protected-only says no.
With an access token in GITLAB_TOKEN (scope read_api), the questions become choices that GitLab gives.
Exit code: 0 done, 1 you said no, 2 wrong usage or answers, 130 interrupted (143: by SIGTERM).
`;
}

/** `update --help` */
function updateHelp(): string {
  return `Makes a generated repository what its gitlab-aws-oidc.yaml says now. Edits by hand in other files stay: what was
generated last, what is there and what would be generated are merged as git does it.

Usage
  npx create-gitlab-aws-oidc update [folder] [flags]

The folder is a generated repository, the current one where left out.

Examples
  npx create-gitlab-aws-oidc update
      shows who gains and who loses access, asks, and writes

  npx create-gitlab-aws-oidc update --check
      for a pipeline: writes nothing, fails with a diff where answers and repository differ

  npx create-gitlab-aws-oidc update --dry-run --access-diff markdown
      what changes in access, as a note for a merge request

This run
${table([
  [
    'refresh',
    '',
    'ask GitLab first (token in GITLAB_TOKEN): moved projects, ids, subjects, protection',
  ],
  ['ca-file', 'FILE', 'trust this CA, in PEM, when GitLab is asked'],
  ['check', '', 'write nothing; exit 1 and print the diff where there is one'],
  ['dry-run', '', 'write nothing, show what would change'],
  ['access-diff', 'KIND', 'text, or markdown on its own [text]'],
  ['yes', '', 'do not ask before writing'],
  JSON_FLAG,
  DEBUG_FLAG,
])}
Exit code: 0 done, 1 conflicts to resolve, a difference found by --check, or you said no; 2 wrong usage, answers or files.
`;
}

const EDIT_RUN: Rows = [
  ['dir', 'FOLDER', 'the generated repository [the current folder]'],
  ['dry-run', '', 'write nothing, show what would change'],
  ['yes', '', 'do not ask before writing'],
  JSON_FLAG,
  DEBUG_FLAG,
];

const EDIT_END = `The file keeps its comments, its order and its form: only the lines that change are touched. --role may be left out
where one role alone can be meant. Branches and tags count for all projects of a role.
Exit code: 0 done, 1 conflicts to resolve, or you said no; 2 wrong usage, answers or files.
`;

/** `add --help` */
function addHelp(): string {
  return `Adds to the answers in gitlab-aws-oidc.yaml, shows who gains access by it, and updates the repository.

Usage
  npx create-gitlab-aws-oidc add project PATH[=ID] [--role NAME] [--branch NAME]… [--tag NAME]…
  npx create-gitlab-aws-oidc add branch|tag NAME [--role NAME] [--project PATH]
  npx create-gitlab-aws-oidc add policy NAME|ARN [--role NAME] [--accept-administrator]
  npx create-gitlab-aws-oidc add role NAME [flags]

Examples
  npx create-gitlab-aws-oidc add project mygroup/shop=42 --role gitlab-deploy
      lets that project assume the role, from the branches and tags that the role has

  npx create-gitlab-aws-oidc add tag 'v*' --role gitlab-deploy --dry-run
      shows who would gain access

  npx create-gitlab-aws-oidc add role gitlab-read --yes --project mygroup/shop=42 --s3-read my-bucket
      makes a role with what --yes takes for the rest

A project
${table([
  ['role', 'NAME', 'the role that it may assume'],
  ['branch', 'NAME', 'refuse unless the role has this branch, several times'],
  ['tag', 'NAME', 'refuse unless the role has this tag, several times'],
])}
A branch or tag
${table([
  ['role', 'NAME', 'the role that may be assumed from it'],
  ['project', 'PATH', 'refuse unless it counts for this project alone'],
])}
A policy
${table([
  ['role', 'NAME', 'the role that it is attached to'],
  ['accept-administrator', '', 'say yes to AdministratorAccess'],
])}
A role, in brackets what --yes takes
${table(ROLE_FLAG_HELP.filter(([name]) => name !== 'role-name'))}
This run
${table(EDIT_RUN)}
${EDIT_END}`;
}

/** `remove --help` */
function removeHelp(): string {
  return `Removes from the answers in gitlab-aws-oidc.yaml, shows who loses access by it, and updates the repository.

Usage
  npx create-gitlab-aws-oidc remove project PATH [--role NAME]
  npx create-gitlab-aws-oidc remove branch|tag NAME [--role NAME] [--project PATH]
  npx create-gitlab-aws-oidc remove policy NAME|ARN [--role NAME]
  npx create-gitlab-aws-oidc remove role NAME

Examples
  npx create-gitlab-aws-oidc remove project mygroup/shop --dir my-oidc
      shuts that project out, after you have said yes

  npx create-gitlab-aws-oidc remove policy ReadOnlyAccess --role gitlab-deploy --yes
      asks nothing

What is removed
${table([
  ['role', 'NAME', 'the role that it is removed from'],
  ['project', 'PATH', 'of a branch or tag: refuse unless it counts for this project alone'],
])}
This run
${table(EDIT_RUN)}
${EDIT_END}`;
}

const INPUT = `The input is a generated repository (the current folder where left out), an answers file, a trust policy, the
output of aws iam get-role or list-roles, or of terraform show -json; - is standard input.
`;

/** `explain --help` */
function explainHelp(): string {
  return `Says who can assume what; or, asked about a job, whether it is let in, and which condition fails.

Usage
  npx create-gitlab-aws-oidc explain [input] [flags]

${INPUT}
Examples
  npx create-gitlab-aws-oidc explain my-oidc
  npx create-gitlab-aws-oidc explain my-oidc --project mygroup/myproject --branch main --protected
  aws iam get-role --role-name deploy | npx create-gitlab-aws-oidc explain - --token-file token.jwt

The job
${table([
  ['project', 'PATH', 'project of the job'],
  ['branch', 'NAME', 'branch it runs on; of a merge request, the source branch'],
  ['tag', 'NAME', 'tag it runs on'],
  ['mr', '', 'the pipeline is of a merge request'],
  ['protected', '', 'the ref is protected'],
  ['project-id', 'ID', 'numeric id of the project [that of the answers]'],
  ['claim', 'NAME=VALUE', 'another claim of the token, several times'],
  ['aud', 'TEXT', "the token's audience [that of the answers, or the issuer]"],
  ['sub', 'TEXT', 'the whole subject, in place of project and ref'],
  ['token-file', 'FILE', 'a token, in place of all these; its signature is not looked at'],
])}
This run
${table([
  ['role', 'NAME', 'this role only'],
  ['issuer', 'URL', 'the issuer of the token, where a policy trusts several'],
  ['format', 'KIND', 'text, markdown, mermaid or json [text]'],
  JSON_FLAG,
  DEBUG_FLAG,
])}
Exit code: 0 done or let in, 1 denied, 2 wrong usage or input.
`;
}

/** `lint --help` */
function lintHelp(): string {
  return `Judges the trust policies of roles that trust a GitLab issuer. Each rule is in docs/rules.md.

Usage
  npx create-gitlab-aws-oidc lint [input] [flags]

${INPUT}
Examples
  npx create-gitlab-aws-oidc lint my-oidc
  terraform show -json plan.tfplan | npx create-gitlab-aws-oidc lint - --format codequality
  aws iam list-roles | npx create-gitlab-aws-oidc lint -

This run
${table([
  ['format', 'KIND', 'text, json, sarif or codequality (of GitLab) [text]'],
  JSON_FLAG,
  ['max-severity', 'KIND', 'the worst to let pass: warning or none [warning]'],
  ['issuer', 'URL', 'an issuer that is a GitLab without looking like one, several times'],
  DEBUG_FLAG,
])}
Exit code: 0 nothing worse than allowed, 1 findings, 2 wrong usage or input.
`;
}

/** `doctor --help` */
function doctorHelp(): string {
  return `Finds out why AWS does not take a job's token: the cause, the exact change that mends it, and every check in the
order in which AWS meets it. Each is in docs/doctor.md.

Usage
  npx create-gitlab-aws-oidc doctor [input] [flags]

In a job it takes the token, the role and the session's name from the job's variables. The input says who is let in: a
generated repository (the current folder, if it is one), an answers file, a trust policy, or the output of aws iam
get-role; - is standard input.

Examples
  npx create-gitlab-aws-oidc doctor
      in the failing job, with an image that has Node and before_script: []

  npx create-gitlab-aws-oidc doctor my-oidc --project mygroup/myproject --branch develop
      without a token, from a laptop

  npx create-gitlab-aws-oidc doctor --live --token-file token.jwt --role-arn arn:aws:iam::123456789012:role/deploy
      asks AWS for the role and the provider, with your own credentials

  npx create-gitlab-aws-oidc doctor --error 'Incorrect token audience'
      what a message means

The token
${table([
  ['token-file', 'FILE', 'the ID token, or - for standard input; never given on the command line'],
  ['claims', 'FILE', 'its claims alone, as a JSON object; - is standard input'],
  ['project', 'PATH', 'no token: the project of the job, with the flags of explain'],
  ['branch, --tag', 'NAME', 'and the ref it runs on'],
])}
The role
${table([
  ['role-arn', 'ARN', 'the role that the job asks for [AWS_ROLE_ARN of the job]'],
  ['role', 'NAME', 'a role of the input'],
  ['session-name', 'NAME', "the session's name [AWS_ROLE_SESSION_NAME of the job]"],
  ['duration', 'SECONDS', 'the session that is asked for [AWS_ROLE_DURATION of the job]'],
])}
Who is asked
${table([
  ['issuer', 'URL', 'the issuer, where no token names it; it is asked for its keys'],
  ['ca-file', 'FILE', 'trust this CA, in PEM, when it is asked'],
  ['allow-private', '', 'request its keys from a private address of another host too'],
  ['live', '', 'ask AWS for role and provider, with your own credentials'],
  ['try', '', 'sign in with the token, and ask AWS who that is'],
])}
This run
${table([
  ['error', 'TEXT', 'explain a message of AWS, GitLab or the AWS CLI; - is standard input'],
  ['format', 'KIND', 'text, json or markdown [text]'],
  JSON_FLAG,
  DEBUG_FLAG,
])}
Exit code: 0 nothing wrong, 1 a cause was found, 2 wrong usage or input.
`;
}

function table(rows: Rows): string {
  return rows
    .map(([name, value, help]) => `  ${`--${name} ${value}`.padEnd(34)} ${help}\n`)
    .join('');
}
