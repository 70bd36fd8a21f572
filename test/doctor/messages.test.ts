import { describe, expect, test } from '@jest/globals';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { messageIn, MESSAGES } from '../../src/iam/messages/catalog.ts';
import { EXAMPLE_SETUP } from '../../src/iam/messages/message.ts';
import { troublesOf } from '../../src/render/troubles.ts';
import { answers, role } from '../support/builders/answers.ts';

/** As AWS, GitLab and the AWS CLI print them. */
const printed: [printed: string, id: string][] = [
  [
    'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    'not-authorized',
  ],
  [
    'An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for https://gitlab.example.com',
    'no-provider',
  ],
  ['InvalidIdentityToken: Incorrect token audience', 'incorrect-audience'],
  [
    "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    'keys-not-retrieved',
  ],
  [
    "InvalidIdentityToken: OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
    'thumbprint-mismatch',
  ],
  ['InvalidIdentityToken: Missing a required claim: aud', 'no-audience'],
  [
    'An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: Token expired: current date/time 1700000000 must be before the expiration date/time 1600000000',
    'token-expired',
  ],
  [
    "ValidationError: 1 validation error detected: Value 'mygroup/myproject' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    'session-name',
  ],
  [
    'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    'session-too-long',
  ],
  [
    'MalformedPolicyDocument: Assume role policy contains a condition for gitlab.com which is not scoped to all repositories',
    'subject-not-scoped',
  ],
  [
    'MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs',
    'principal-form',
  ],
  ['LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048', 'trust-policy-too-long'],
  ['EntityAlreadyExists: Provider with url https://gitlab.com already exists.', 'provider-exists'],
  [
    "ID token issuance is disabled in CI because this project's path was previously used by a different project. Contact your administrator.",
    'path-reused',
  ],
  ['aws: error: argument --role-arn: expected one argument', 'role-arn-empty'],
  ['The config profile (old) could not be found', 'profile-missing'],
  ["AWS_ROLE_ARN is ''. Extend the job of a role.", 'role-arn-rejected'],
  ["Error: Cannot find module '../build/Release/pty.node'", 'native-part-missing'],
];

test.each(printed)('%s', (text, id) => {
  expect(messageIn(text)?.id).toBe(id);
});

test('every message is recognized by its own text, and by no other', () => {
  expect(new Set(printed.map(([, id]) => id))).toEqual(new Set(MESSAGES.map(({ id }) => id)));
  for (const [text] of printed) {
    expect(MESSAGES.filter(({ pattern }) => pattern.test(text))).toHaveLength(1);
  }
});

test('each has a fix that can be copied, and a public source', () => {
  for (const { fixes, source } of MESSAGES) {
    expect(fixes(EXAMPLE_SETUP)[0].change).toBeTruthy();
    expect(source).toMatch(/^https:/);
  }
});

test('no message, cause or fix stands twice', () => {
  for (const part of [
    MESSAGES.map(({ id }) => id),
    MESSAGES.map(({ text }) => text),
    MESSAGES.map(({ cause }) => cause(EXAMPLE_SETUP)),
    MESSAGES.map(({ fixes }) => fixes(EXAMPLE_SETUP)[0].text),
  ]) {
    expect(part).toHaveLength(new Set(part).size);
  }
});

test('an unknown message is not explained', () => {
  expect(messageIn('Something else went wrong')).toBeUndefined();
});

describe('the generated README of', () => {
  const cause = (message: string, changes: object) =>
    troublesOf(blueprintOf(answers({ output: 'hcl', ...changes }))).find((trouble) =>
      trouble.message.startsWith(message),
    )?.cause;
  const KEYS = "Couldn't retrieve verification key";
  const REUSED = 'ID token issuance is disabled in CI';
  const gitlab = { url: 'https://gitlab.example.com' };

  test('gitlab.com advises nothing that only the administrator of an instance can do', () => {
    expect(cause(KEYS, {})).toMatch(/ throttled\. Run the job again, or let GitLab do so\.$/);
    expect(cause(KEYS, { gitlab })).toContain('set a public host as the issuer');
  });

  test('an instance that issues no token for a path that was reused says so, unless the subjects begin with an ID', () => {
    const sub_components = ['project_id', 'ref_type', 'ref'];
    expect(cause(REUSED, {})).toBeDefined();
    expect(cause(REUSED, { gitlab })).toBeDefined();
    const roles = [role({ projects: [{ path: 'acme/web', id: 20 }] })];
    expect(cause(REUSED, { gitlab: { ...gitlab, sub_components }, roles })).toBeUndefined();
  });

  test('a GitLab that still has CI_JOB_JWT_V2 has no message of a later version', () => {
    expect(cause(REUSED, { gitlab, ci: { credentials: 'legacy-jwt' } })).toBeUndefined();
  });
});

test('the generated README lists the messages of its own set-up only', () => {
  const rows = (gitlab: object) =>
    troublesOf(blueprintOf(answers({ output: 'hcl', ...gitlab }))).map(({ message }) => message);
  const thumbprint =
    "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint";
  const elsewhere = rows({ gitlab: { url: 'https://gitlab.example.com' } });
  expect(elsewhere).toContain(thumbprint);
  expect(elsewhere).not.toContain("Cannot find module '../build/Release/pty.node'");
  expect(rows({})).not.toContain(thumbprint);
});
