import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { decideJob } from '../../src/access/job.ts';
import { expiredConditions, expiredInWords } from '../../src/access/moment.ts';
import { covers, isEmpty } from '../../src/access/questions.ts';
import { grantInWords } from '../../src/access/words.ts';
import { parsePolicy } from '../../src/iam/evaluate/parse-policy.ts';
import { estateOf } from '../../src/lint/estate.ts';
import { lint } from '../../src/lint/lint.ts';
import { allow, GITLAB_COM, MAIN, policy } from '../iam/vectors/vector.ts';

const SINCE = '2026-11-30T00:00:00.000Z';
const PAST = '2020-01-01T00:00:00Z';
const FUTURE = '2099-01-01T00:00:00Z';
const SUBJECT = { StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': '20' } };
const CLAIMS = {
  iss: 'https://gitlab.com',
  sub: MAIN,
  aud: 'https://gitlab.com',
  project_id: '20',
};

function trustUnder(condition: object) {
  const parsed = parsePolicy(policy(allow(GITLAB_COM, { ...SUBJECT, ...condition })));
  if (!parsed.ok) throw new Error('no policy');
  return { policy: parsed.policy };
}

const access = (condition: object, since?: string) =>
  accessOf(trustUnder(condition), undefined, {}, since).grants.map(grantInWords);

const epoch = (text: string) => String(Date.parse(text) / 1000);

describe('a condition that no request can meet any more', () => {
  test.each<[string, object]>([
    ['DateLessThan', { DateLessThan: { 'aws:CurrentTime': PAST } }],
    ['DateLessThanEquals', { DateLessThanEquals: { 'aws:CurrentTime': PAST } }],
    ['DateEquals', { DateEquals: { 'AWS:currenttime': PAST } }],
    ['epoch seconds', { DateLessThan: { 'aws:EpochTime': epoch(PAST) } }],
    ['a number of seconds', { NumericLessThan: { 'aws:EpochTime': epoch(PAST) } }],
    ['the day itself, when it begins', { DateLessThan: { 'aws:CurrentTime': SINCE } }],
    ['all of several dates', { DateLessThan: { 'aws:CurrentTime': [PAST, '2021-01-01'] } }],
    [
      'IfExists, since each request has the key',
      { DateLessThanIfExists: { 'aws:CurrentTime': PAST } },
    ],
  ])('%s', (_, condition) => {
    const trust = trustUnder(condition);
    expect(access(condition)).toHaveLength(1);
    expect(access(condition, SINCE)).toEqual([]);
    expect(isEmpty(trust, {}, SINCE).holds).toBe('yes');
    expect(decideJob(trust, CLAIMS, {}, { since: SINCE }).decision).toBe('denied');
    expect(expiredConditions(trust.policy, SINCE).map(expiredInWords)).toHaveLength(1);
  });

  test('lint reports that nobody gets in, and why', () => {
    const { policy: trust } = trustUnder({ DateLessThan: { 'aws:CurrentTime': PAST } });
    const found = (since?: string) =>
      lint(trust, { estate: estateOf(() => true, since) }).findings.map(
        ({ id, message }) => `${id} ${message}`,
      );
    expect(found()).toEqual([]);
    expect(found(SINCE)).toEqual([
      `OIDC035 no token of this provider is accepted: DateLessThan aws:CurrentTime ${PAST} has expired`,
    ]);
  });
});

describe('a condition that some request still meets', () => {
  test.each<[string, object, string]>([
    [
      'until a day',
      { DateLessThan: { 'aws:CurrentTime': FUTURE } },
      `, aws:CurrentTime before ${FUTURE}`,
    ],
    [
      'from a day on',
      { DateGreaterThan: { 'aws:CurrentTime': FUTURE } },
      `, aws:CurrentTime after ${FUTURE}`,
    ],
    [
      'one of several',
      { DateLessThan: { 'aws:CurrentTime': [PAST, FUTURE] } },
      `, aws:CurrentTime before ${PAST}, ${FUTURE}`,
    ],
    ['since a day that has passed', { DateGreaterThan: { 'aws:CurrentTime': PAST } }, ''],
  ])('%s', (_, condition, limit) => {
    expect(access(condition, SINCE)).toEqual([`acme/web (id 20): branch main${limit}`]);
    expect(expiredConditions(trustUnder(condition).policy, SINCE)).toEqual([]);
    const { decision } = decideJob(trustUnder(condition), CLAIMS, {}, { since: SINCE });
    expect(decision).toBe(limit === '' ? 'allowed' : 'undetermined');
  });

  test('another key with a date is left alone', () => {
    const condition = { DateLessThan: { 'aws:TokenIssueTime': PAST } };
    expect(expiredConditions(trustUnder(condition).policy, SINCE)).toEqual([]);
  });
});

test('the time that a person gives wins', () => {
  const trust = trustUnder({ DateLessThan: { 'aws:CurrentTime': PAST } });
  const given = { 'aws:currenttime': '2019-06-01T00:00:00Z' };
  expect(decideJob(trust, CLAIMS, given, { since: SINCE }).decision).toBe('allowed');
});

test('both sides of a comparison are looked at from one moment on', () => {
  const until = (time: string) => trustUnder({ DateLessThan: { 'aws:CurrentTime': time } });
  expect(covers(until(PAST), until('2021-01-01'), {}).holds).toBe('no');
  expect(covers(until(PAST), until('2021-01-01'), {}, SINCE).holds).toBe('yes');
  expect(covers(until(PAST), until(FUTURE), {}, SINCE).holds).toBe('no');
});

test('what is reported from a moment on is what the evaluator says of each later request', () => {
  const day = fc
    .integer({ min: Date.parse('2026-11-27'), max: Date.parse('2026-12-03') })
    .map((time) => new Date(time - (time % 43_200_000)).toISOString());
  const operator = fc.constantFrom('DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals', 'DateEquals', 'DateNotEquals'); // prettier-ignore
  let empty = 0;
  fc.assert(
    fc.property(
      fc.dictionary(operator, fc.record({ 'aws:CurrentTime': fc.array(day, { minLength: 1, maxLength: 2 }) }), { minKeys: 1, maxKeys: 2 }), // prettier-ignore
      fc.array(day, { minLength: 20, maxLength: 20 }),
      (condition, times) => {
        const trust = trustUnder(condition);
        const isNobody = isEmpty(trust, {}, SINCE).holds === 'yes';
        if (isNobody) empty += 1;
        const later = [SINCE, '2027-06-01T00:00:00.000Z', ...times].filter((one) => one >= SINCE);
        const allowed = later.filter(
          (time) => decideJob(trust, CLAIMS, { 'aws:currenttime': time }).decision === 'allowed',
        );
        if (isNobody) expect(allowed).toEqual([]);
        for (const { witness } of accessOf(trust, undefined, {}, SINCE).grants) {
          const { 'aws:CurrentTime': time } = witness.request;
          const given = time === undefined ? {} : { 'aws:currenttime': time };
          expect(decideJob(trust, CLAIMS, given).decision).toBe('allowed');
          expect((time ?? SINCE) >= SINCE).toBe(true);
        }
      },
    ),
  );
  expect(empty).toBeGreaterThan(0);
});
