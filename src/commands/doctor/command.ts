import { QUESTION_FLAGS } from '../question-flags.ts';
import { command, JSON_FLAG } from '../record.ts';

const ROLE = 'The role';
const ASKED = 'Sources';

export const doctorCommand = command({
  name: 'doctor',
  summary: 'find out why a job was denied',
  about: `Finds out why AWS rejects a job's token: the cause, the exact change that fixes it, and every check in the order in which AWS makes it.`,
  usage: ['doctor [input] [flags]'],
  examples: [
    {
      line: 'doctor',
      does: 'in the failing job, with an image that has Node and before_script: []',
    },
    {
      line: 'doctor my-oidc --project mygroup/myproject --branch develop',
      does: 'without a token, from a laptop',
    },
    {
      line: 'doctor --live --token-file token.jwt --role-arn arn:aws:iam::123456789012:role/deploy',
      does: 'reads the role and the provider from AWS, with your own credentials',
    },
    { line: "doctor --error 'Incorrect token audience'", does: 'what a message means' },
  ],
  arguments: [{ name: 'input' }],
  flags: {
    ...QUESTION_FLAGS,
    claims: {
      value: 'FILE',
      help: 'the claims of a token, as a JSON object; - reads standard input',
      group: 'The job',
    },
    'role-arn': {
      value: 'ARN',
      help: 'the role that the job requests',
      default: 'AWS_ROLE_ARN of the job',
      group: ROLE,
    },
    role: { value: 'NAME', help: 'a role in the input', group: ROLE },
    account: {
      value: 'NAME',
      help: 'the account of that role, by its name or ID, where it is in several',
      group: ROLE,
    },
    'session-name': {
      value: 'NAME',
      help: 'the session name',
      default: 'AWS_ROLE_SESSION_NAME of the job',
      group: ROLE,
    },
    duration: {
      value: 'SECONDS',
      help: 'the session duration',
      default: 'AWS_ROLE_DURATION of the job',
      group: ROLE,
    },
    issuer: {
      value: 'URL',
      help: 'the issuer, where no token names it; its keys are requested',
      group: ASKED,
    },
    'ca-file': {
      value: 'FILE',
      help: 'trust this CA (PEM) when connecting to the issuer',
      group: ASKED,
    },
    'allow-private': {
      help: 'also request keys at a private address, where another host than the issuer serves them',
      group: ASKED,
    },
    live: {
      help: 'read the role and the provider from AWS, with your own credentials',
      group: ASKED,
    },
    try: { help: 'sign in with the token, and show the identity of the session', group: ASKED },
    error: {
      value: 'TEXT',
      help: 'explain a message of AWS, GitLab or the AWS CLI; - reads standard input',
    },
    format: { value: 'KIND', help: 'text, json or markdown', default: 'text' },
    json: JSON_FLAG,
  },
  notes: `In a job, the token, the role and the session name come from the variables of the job. A token is never given on the command line. The input defines who is allowed: a generated repository (by default the current folder), an answers file, a trust policy, or the output of aws iam get-role; - reads standard input.`,
  exits: { 0: 'no problem was found', 1: 'a cause was found' },
  run: async ({ format, json, error, ...flags }, [input]) => {
    const { runDoctor } = await import('./doctor.ts');
    return runDoctor({ input, format: json ? 'json' : (format ?? 'text'), error, flags });
  },
});
