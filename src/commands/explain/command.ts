import { ProblemError } from '../../text/problem.ts';
import { POLICY_INPUT } from '../policy-input-notes.ts';
import { QUESTION_FLAGS } from '../question-flags.ts';
import { command, JSON_FLAG } from '../record.ts';
import { today } from '../today.ts';

export const explainCommand = command({
  name: 'explain',
  summary: 'show who can assume what, or whether a job is allowed',
  about:
    'Shows who can assume which role. Asked about a job, says whether it is allowed and, if not, which condition fails.',
  usage: ['explain [input …] [flags]'],
  examples: [
    { line: 'explain my-oidc' },
    { line: 'explain my-oidc --project mygroup/myproject --branch main --protected' },
    {
      line: 'explain my-oidc --format html > access-map.html',
      does: 'writes the access map, a page that opens in a browser and loads nothing',
    },
    { line: 'aws iam get-role --role-name deploy | PROGRAM explain - --token-file token.jwt' },
  ],
  arguments: [{ name: 'input', many: true }],
  flags: {
    ...QUESTION_FLAGS,
    role: { value: 'NAME', help: 'this role only' },
    'all-roles': { help: 'every role of the input, which is the default' },
    account: { value: 'NAME', help: 'the roles of this account only, by its name or ID' },
    claims: { help: 'show for each grant a whole token that is allowed, and how to check it' },
    issuer: { value: 'URL', help: 'the issuer of the token, a GitLab instance' },
    format: {
      value: 'KIND',
      help: 'text, markdown, mermaid, json or html (the access map)',
      default: 'text',
    },
    json: JSON_FLAG,
  },
  notes: `${POLICY_INPUT}
The signature of a token is not checked. A key of the request is unknown unless given, as in --claim aws:SourceIp=203.0.113.7.`,
  exits: {
    0: 'done, or a role allows the job',
    1: 'every role denies the job, or an item could not be read',
    4: 'no role allows the job for certain, and of some it cannot be determined',
  },
  run: async (
    { format, json, issuer, role, account, claims, 'all-roles': all, ...rest },
    inputs,
  ) => {
    if (all === true && role !== undefined) {
      const what = 'it cannot be combined with --role';
      throw new ProblemError([{ where: '--all-roles', what, fix: 'Leave out one of them' }]);
    }
    const flags = questionOnly(rest);
    if (format === 'html' && json !== true) {
      const { explainMap } = await import('./explain-map.ts');
      const asked = { ...flags, role, account, claims };
      return explainMap(inputs.length > 0 ? inputs : ['.'], issuer, asked);
    }
    const { runExplain } = await import('./explain.ts');
    return runExplain({
      inputs: inputs.length > 0 ? inputs : ['.'],
      format: json ? 'json' : (format ?? 'text'),
      flags,
      claims: claims === true,
      issuer,
      role,
      account,
      today: today(),
    });
  },
});

/** Without the flags that every command has, so that one of them asks nothing. */
function questionOnly<V extends object>(values: V): V {
  const entries = Object.entries(values).filter(([name]) => name in QUESTION_FLAGS);
  return Object.fromEntries(entries) as V;
}
