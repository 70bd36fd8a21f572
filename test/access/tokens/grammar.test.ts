import { describe, expect, test } from '@jest/globals';
import { vocabularyOf } from '../../../src/access/tokens/claims.ts';
import {
  EMAIL,
  type Grammar,
  ID,
  isText,
  LOGIN,
  PROJECT_PATH,
  REF,
  SESSION_NAME,
  TEXT,
} from '../../../src/access/tokens/grammar.ts';

const GRAMMARS: readonly (readonly [string, Grammar, readonly string[], readonly string[]])[] = [
  [
    'the path of a project',
    PROJECT_PATH,
    [
      'a/b',
      'acme/web',
      'acme/sub/web',
      'A_1/b-c.d',
      '1/2',
      '_a/_b',
      'a-/b.',
      'a/b/c/d/e',
      'a/xgit',
    ],
    [
      '', 'acme', '/web', 'acme/', 'acme//web', '-a/b', 'a/-b', '.a/b', 'a/.b', 'a b/c', 'é/b',
      'a/b.git', 'a.git/b', 'a/b.GIT', 'a/b.atom', 'a.atom/b', 'a/b:c', 'a/b/',
    ], // prettier-ignore
  ],
  [
    'a branch or tag',
    REF,
    [
      'main',
      'release/1.0',
      'v1.2.3',
      'a-b_c',
      'é',
      'a@b',
      'a@',
      '@a',
      '$x',
      'a/b/c',
      '{x}',
      'a{b',
      "it's",
      'a-',
      'x/-y',
      'refs',
      'HEAD2',
      'a@b{',
    ],
    [
      '', ' ', 'a b', 'a~b', 'a^b', 'a:b', 'a?b', 'a*b', 'a[b', 'a\\b', '/a', 'a/', 'a//b', '.a',
      'a.', 'a..b', 'a/.b', 'a./b.', '-a', 'a@{b', 'refs/heads/x', 'refs/tags/v1', 'refs/remotes/o/x', 'a.lock', 'a.lock/b', 'HEAD', 'a\u007fb', 'a\nb',
    ], // prettier-ignore
  ],
  ['an id', ID, ['1', '20', '1000001', '9'], ['', '0', '020', '-1', '1.0', 'a', '1a', ' 1', '१']],
  [
    'a login',
    LOGIN,
    ['ann', 'a', 'a.b', 'a-b', 'a--b', 'a_b', 'A1', '_', 'xgit'],
    ['', '.a', '-a', 'a b', 'é', 'a@b', 'a.git', 'a.atom'],
  ],
  [
    'an e-mail address',
    EMAIL,
    ['a@b', 'ann@acme.example', 'a.b+c@d', 'é@b'],
    ['', 'a', '@', 'a@', '@b', 'a@b@c', 'a b@c', 'a@b c', 'a@@b'],
  ],
  ['any text', TEXT, ['x', ' ', 'é', 'a b', ':'], ['', '\n', 'a\u0000', 'a\tb']],
  [
    'the name of a session',
    SESSION_NAME,
    ['xx', 'gitlab-job', 'a=b,c.d@e-f+g_h', 'x'.repeat(64)],
    ['', 'x', 'a b', 'a/b', 'a:b', 'é1', 'x'.repeat(65)],
  ],
];

describe.each(GRAMMARS)('%s', (_, grammar, texts, others) => {
  test('can be these texts', () => {
    expect(texts.filter((one) => !isText(grammar, one))).toEqual([]);
  });

  test('cannot be these', () => {
    expect(others.filter((one) => isText(grammar, one))).toEqual([]);
  });

  test('has samples that are texts of it, and characters that are in some', () => {
    expect(grammar.samples.filter((one) => !isText(grammar, one))).toEqual([]);
    expect(grammar.samples.length).toBeGreaterThan(1);
    // Each may stand in the place of another letter or digit.
    const isIn = (character: string) =>
      grammar.samples.some((sample) => isText(grammar, sample.replace(/.$/, character)));
    const sampled = grammar.samples.join('');
    expect(Array.from(grammar.fillers).filter((one) => !isIn(one))).toEqual([]);
    expect(Array.from(grammar.structural).filter((one) => !sampled.includes(one))).toEqual([]);
  });
});

test.each([
  ['project_path', PROJECT_PATH],
  ['project_id', ID],
  ['namespace_id', ID],
  ['user_id', ID],
  ['ref', REF],
  ['user_login', LOGIN],
  ['user_email', EMAIL],
  ['aud', TEXT],
])('%s has a grammar', (claim, grammar) => {
  expect(vocabularyOf(claim)).toEqual({ grammar });
});

test.each([
  ['ref_type', ['branch', 'tag']],
  ['ref_protected', ['true', 'false']],
  ['environment_protected', ['true', 'false']],
  ['runner_environment', ['gitlab-hosted', 'self-hosted']],
  ['deployment_tier', ['production', 'staging', 'testing', 'development', 'other']],
])('%s has listed values', (claim, listed) => {
  expect(vocabularyOf(claim)).toEqual({ listed });
});

test('what started a pipeline is listed, and so is the role of its user, who may have none', () => {
  expect(vocabularyOf('pipeline_source')).toMatchObject({
    listed: expect.arrayContaining(['push', 'merge_request_event', 'schedule']),
  });
  expect(vocabularyOf('user_access_level')).toMatchObject({
    listed: expect.arrayContaining(['owner', 'guest', undefined]),
  });
});
