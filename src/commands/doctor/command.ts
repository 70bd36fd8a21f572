import { QUESTION_FLAGS } from '../question-flags.ts';
import { command, JSON_FLAG } from '../record.ts';

const ROLE = 'The role';
const ASKED = 'Who is asked';

export const doctorCommand = command({
  name: 'doctor',
  summary: 'find out why a job was denied',
  about: `Finds out why AWS rejects a job's token: the cause, the exact change that fixes it, and every check in the order in
which AWS makes it. docs/doctor.md explains each.`,
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
      does: 'asks AWS for the role and the provider, with your own credentials',
    },
    { line: "doctor --error 'Incorrect token audience'", does: 'what a message means' },
  ],
  arguments: [{ name: 'input' }],
  flags: {
    ...QUESTION_FLAGS,
    claims: {
      value: 'FILE',
      help: 'the claims of a token, as a JSON object; - is standard input',
      group: 'The job',
    },
    'role-arn': {
      value: 'ARN',
      help: 'the role that the job asks for',
      default: 'AWS_ROLE_ARN of the job',
      group: ROLE,
    },
    role: { value: 'NAME', help: 'a role of the input', group: ROLE },
    'session-name': {
      value: 'NAME',
      help: "the session's name",
      default: 'AWS_ROLE_SESSION_NAME of the job',
      group: ROLE,
    },
    duration: {
      value: 'SECONDS',
      help: 'the length of the session',
      default: 'AWS_ROLE_DURATION of the job',
      group: ROLE,
    },
    issuer: {
      value: 'URL',
      help: 'the issuer, where no token names it; it is asked for its keys',
      group: ASKED,
    },
    'ca-file': {
      value: 'FILE',
      help: 'trust this CA, in PEM, when the issuer is asked',
      group: ASKED,
    },
    'allow-private': {
      help: 'request the keys from a private address too, where another host than the issuer serves them',
      group: ASKED,
    },
    live: { help: 'ask AWS for role and provider, with your own credentials', group: ASKED },
    try: { help: 'sign in with the token, and ask AWS who that is', group: ASKED },
    error: {
      value: 'TEXT',
      help: 'explain a message of AWS, GitLab or the AWS CLI; - is standard input',
    },
    format: { value: 'KIND', help: 'text, json or markdown', default: 'text' },
    json: JSON_FLAG,
  },
  notes: `In a job it takes the token, the role and the session's name from the job's variables. A token is never given on the
command line. The input says who is allowed: a generated repository (the current folder, if it is one), an answers file,
a trust policy, or the output of aws iam get-role; - is standard input.`,
  exits: { 0: 'nothing wrong was found', 1: 'a cause was found' },
  run: async ({ format, json, error, ...flags }, [input]) => {
    const { runDoctor } = await import('./doctor.ts');
    return runDoctor({ input, format: json ? 'json' : (format ?? 'text'), error, flags });
  },
});
