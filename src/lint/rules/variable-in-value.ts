import { claimsOf } from '../../iam/condition-keys.ts';
import { readTemplate } from '../../iam/evaluate/template.ts';
import type { Rule } from '../rule.ts';
import { sightValues } from '../sight.ts';

export const variableInValue: Rule = {
  id: 'OIDC023',
  name: 'variable-in-value',
  severity: 'error',
  harm: 'locks-out',
  summary: '`${…}` in a value, which IAM expands',
  why: 'In version 2012-10-17, `${…}` is a policy variable. Git allows `$`, `{` and `}` in the name of a branch, so a branch can look like a variable. So does a template that was never filled in. A variable without a value matches nothing.',
  example: '`…:ref:release-${VERSION}` does not match a branch of that name: AccessDenied.',
  fix: 'Write a literal dollar sign before a brace as ${$}, and fill in templates before the policy is written',
  check: (subject) =>
    sightValues(
      subject,
      ({ text }, { operator }, { issuers }) =>
        text.includes('${') &&
        subject.policy.version !== '2008-10-17' &&
        operator.base.startsWith('String') &&
        emptyVariable(text, issuers) !== undefined,
      ({ text }) => `"${text}" holds a policy variable that no token fills`,
    ),
};

/** A variable that is not a claim of the issuers and has no default. */
function emptyVariable(text: string, issuers: readonly string[]): string | undefined {
  const filled = new Set(
    issuers.flatMap((issuer) =>
      claimsOf(issuer).map((claim) => `${issuer}:${claim}`.toLowerCase()),
    ),
  );
  return readTemplate(text, { wildcards: false, variables: true })
    .flatMap((part) => ('variable' in part ? [part.variable] : []))
    .filter(({ fallback }) => fallback === undefined)
    .map(({ key }) => key.toLowerCase())
    .find((key) => !filled.has(key));
}
