import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { explainMessage, MESSAGES } from '../../src/doctor/messages.ts';

/** As AWS, GitLab and the AWS CLI print them. */
const said: [said: string, message: string][] = [
  [
    'An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    'Not authorized to perform sts:AssumeRoleWithWebIdentity',
  ],
  [
    'An error occurred (InvalidIdentityToken) when calling the AssumeRoleWithWebIdentity operation: No OpenIDConnect provider found in your account for https://gitlab.example.com',
    'No OpenIDConnect provider found in your account',
  ],
  ['InvalidIdentityToken: Incorrect token audience', 'Incorrect token audience'],
  [
    "InvalidIdentityToken: Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
    "Couldn't retrieve verification key from your identity provider",
  ],
  [
    "InvalidIdentityToken: OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
    "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
  ],
  ['InvalidIdentityToken: Missing a required claim: aud', 'Missing a required claim: aud'],
  [
    'An error occurred (ExpiredTokenException) when calling the AssumeRoleWithWebIdentity operation: Token expired: current date/time 1700000000 must be before the expiration date/time 1600000000',
    'ExpiredTokenException',
  ],
  [
    "ValidationError: 1 validation error detected: Value 'mygroup/myproject' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    'ValidationError … roleSessionName',
  ],
  [
    'ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    'DurationSeconds exceeds the MaxSessionDuration',
  ],
  [
    'MalformedPolicyDocument: Assume role policy contains a condition for gitlab.com which is not scoped to all repositories',
    'MalformedPolicyDocument … which is not scoped to all',
  ],
  [
    'MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs',
    'MalformedPolicyDocument: Federated principals must be valid domain names or SAML metadata ARNs',
  ],
  [
    'LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048',
    'LimitExceeded: Cannot exceed quota for ACLSizePerRole',
  ],
  [
    'EntityAlreadyExists: Provider with url https://gitlab.com already exists.',
    'EntityAlreadyExists: Provider with url … already exists',
  ],
  [
    "ID token issuance is disabled in CI because this project's path was previously used by a different project. Contact your administrator.",
    "ID token issuance is disabled in CI because this project's path was previously used by a different project",
  ],
  ['aws: error: argument --role-arn: expected one argument', '--role-arn: expected one argument'],
  [
    'The config profile (old) could not be found',
    'ProfileNotFound: The config profile could not be found',
  ],
];

test.each(said)('%s', (text, message) => {
  expect(explainMessage(text)?.message).toBe(message);
});

test('every message is recognised by the words it has above, each by one of its own', () => {
  expect(new Set(said.map(([, message]) => message))).toEqual(
    new Set(MESSAGES.map(({ message }) => message)),
  );
  for (const [text] of said) {
    expect(MESSAGES.filter(({ pattern }) => pattern.test(text))).toHaveLength(1);
  }
});

test('each has a way out', () => {
  for (const { fixes } of MESSAGES) expect(fixes[0]?.change).toBeTruthy();
});

test('another message is none of them', () => {
  expect(explainMessage('Something else went wrong')).toBeUndefined();
});

test('docs/doctor.md has each', () => {
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
  const text = page.replace(/\s+/g, ' ');
  for (const { message, cause } of MESSAGES) expect(text).toContain(`\`${message}\`: ${cause}.`);
});
