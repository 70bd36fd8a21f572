import type { Rule } from '../rule.ts';
import { sightKeys } from '../sight.ts';

export const unfitOperator: Rule = {
  id: 'OIDC030',
  name: 'unfit-operator',
  severity: 'error',
  harm: 'locks-out',
  summary: 'An operator that no subject can satisfy',
  why: 'A subject is text. ArnLike, NumericEquals, Bool and the other operators read it as something else and never match.',
  example: '`"ArnLike": {"gitlab.com:sub": "project_path:acme/*"}`: AccessDenied for every job.',
  fix: 'Use StringEquals for an exact subject, or StringLike for a pattern that begins with your group',
  check: (subject) =>
    sightKeys(
      subject,
      ({ claim, operator }) =>
        claim === 'sub' && !operator.base.startsWith('String') && operator.base !== 'Null',
      (key) => `"${key}" is not compared as text`,
    ),
};
