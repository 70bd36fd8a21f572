import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry, Issuer } from '../../../src/blueprint/blueprint.ts';
import { Lengths } from '../../../src/blueprint/parts/lengths.ts';
import { entriesOf, statementsOf } from '../../../src/blueprint/trust.ts';
import { trustPolicyLength } from '../../../src/iam/trust-policy.ts';
import { answers, role } from '../../support/builders/answers.ts';

const ARN = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const ISSUER: Issuer = {
  url: 'https://gitlab.com',
  prefix: 'gitlab.com',
  instanceUrl: 'https://gitlab.com',
  audiences: ['https://gitlab.com'],
  audience: 'https://gitlab.com',
  isGitlabCom: true,
};

const subjects = fc.oneof(fc.constantFrom('a', 'a<b>&c', '"', '\\', '\u00e9'), fc.string());
const pins = fc.constantFrom<Entry['pins']>(
  {},
  { 'gitlab.com:project_id': ['20'] },
  { 'gitlab.com:ref_protected': ['true'], 'gitlab.com:pipeline_source': ['push', 'web'] },
);
const [[sample] = []] = entriesOf(role(), answers(), ISSUER);
const entries = fc.array(
  fc.record({ subject: subjects, isPattern: fc.boolean(), pins }).map((one): Entry => {
    if (!sample) throw new Error('a role admits nobody');
    return { ...one, grant: sample.grant };
  }),
  { maxLength: 8 },
);

test('adding entries counts what the policy of all of them has', () => {
  fc.assert(
    fc.property(entries, entries, (first, second) => {
      const lengths = new Lengths(ISSUER, ARN);
      const before = lengths.added(first, new Map());
      const after = lengths.added(second, before.counts);
      const whole = (all: readonly Entry[]) => trustPolicyLength(statementsOf(all, ISSUER), ARN);
      expect(lengths.empty + before.length).toBe(whole(first));
      expect(lengths.empty + before.length + after.length).toBe(whole([...first, ...second]));
      expect(lengths.of(first)).toBe(whole(first));
    }),
  );
});
