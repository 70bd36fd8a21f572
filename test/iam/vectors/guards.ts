import {
  allow,
  branch,
  com,
  GITLAB_COM,
  MAIN,
  other,
  policy,
  type Scenario,
  SOURCES,
  tag,
  token,
} from './vector.ts';

const ID = { 'gitlab.com:project_id': '20' };
const STRANGER = other('evil/x');
const NOTHING = { aud: 'https://gitlab.com' };

/** Operators that guard, and operators that only look so. */
export const guards: readonly Scenario[] = [
  {
    name: 'no condition',
    policy: com(undefined),
    grade: 'dangerous',
    source: SOURCES.shared,
    tokens: [
      ['a stranger', STRANGER, 'allowed'],
      ['an empty token', {}, 'allowed'],
    ],
  },
  {
    name: 'a condition on aud alone',
    policy: com({ StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' } }),
    grade: 'dangerous',
    source: SOURCES.shared,
    tokens: [
      ['a stranger', STRANGER, 'allowed'],
      ['another audience', token({ aud: 'https://vault.acme.example' }), 'denied'],
    ],
  },
  {
    name: 'ForAllValues alone',
    policy: com({ 'ForAllValues:StringEquals': { 'gitlab.com:sub': MAIN } }),
    grade: 'caution',
    source: SOURCES.sets,
    tokens: [
      ['main', token(), 'allowed'],
      ['a stranger', STRANGER, 'denied'],
      ['no sub', NOTHING, 'allowed'],
      ['an empty sub', token({ sub: '' }), 'allowed'],
    ],
  },
  {
    name: 'ForAllValues with Null false',
    policy: com({
      'ForAllValues:StringEquals': { 'gitlab.com:sub': MAIN },
      Null: { 'gitlab.com:sub': 'false' },
      StringEquals: ID,
    }),
    grade: 'safe',
    source: SOURCES.sets,
    tokens: [
      ['main', token(), 'allowed'],
      ['no sub', NOTHING, 'denied'],
    ],
  },
  {
    name: 'ForAnyValue on a key of one value',
    policy: com({ 'ForAnyValue:StringLike': { 'gitlab.com:sub': MAIN }, StringEquals: ID }),
    grade: 'safe',
    source: SOURCES.sets,
    tokens: [
      ['main', token(), 'allowed'],
      ['no sub', NOTHING, 'denied'],
      ['a stranger', STRANGER, 'denied'],
    ],
  },
  {
    name: 'IfExists alone',
    policy: com({ StringEqualsIfExists: { 'gitlab.com:sub': MAIN } }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'allowed'],
      ['a stranger', STRANGER, 'denied'],
      ['no sub', NOTHING, 'allowed'],
    ],
  },
  {
    name: 'a negation alone',
    policy: com({ StringNotEquals: { 'gitlab.com:sub': MAIN } }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'denied'],
      ['a stranger', STRANGER, 'allowed'],
      ['no sub', NOTHING, 'allowed'],
    ],
  },
  {
    name: 'a negated pattern alone',
    policy: com({
      StringNotLike: {
        'gitlab.com:sub': ['project_path:acme/*:ref_type:tag:*', 'project_path:evil/*'],
      },
    }),
    grade: 'dangerous',
    source: SOURCES.logic,
    tokens: [
      ['main', token(), 'allowed'],
      ['a tag', tag('v1'), 'denied'],
      ['the second value', STRANGER, 'denied'],
      ['a third party', other('third/x'), 'allowed'],
    ],
  },
  {
    name: 'a negation beside a guard',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
      StringNotEquals: { 'gitlab.com:sub': MAIN },
      StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
    }),
    grade: 'safe',
    source: SOURCES.logic,
    tokens: [
      ['main', token(), 'denied'],
      ['dev', branch('dev'), 'allowed'],
    ],
  },
  {
    name: 'letter case ignored',
    policy: com({ StringEqualsIgnoreCase: { 'gitlab.com:sub': MAIN }, StringEquals: ID }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'allowed'],
      ['another case', token({ sub: MAIN.toUpperCase() }), 'allowed'],
      ['an unprotected branch', branch('Main', { ref_protected: 'false' }), 'allowed'],
      ['another branch', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'key names in any case',
    policy: com({ StringEquals: { 'GitLab.com:SUB': MAIN, 'GITLAB.COM:Project_ID': '20' } }),
    grade: 'safe',
    source: SOURCES.condition,
    tokens: [
      ['main', token(), 'allowed'],
      ['another branch', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'numbers compared as numbers',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
      NumericLessThanEquals: { 'gitlab.com:user_id': '100' },
    }),
    grade: 'safe',
    source: SOURCES.operators,
    tokens: [
      ['9', token({ user_id: '9' }), 'allowed'],
      ['100', token({ user_id: '100' }), 'allowed'],
      ['101', token({ user_id: '101' }), 'denied'],
      ['no number', token({ user_id: 'ann' }), 'denied'],
    ],
  },
  {
    name: 'Bool in any case',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
      Bool: { 'gitlab.com:ref_protected': 'True' },
    }),
    grade: 'safe',
    source: SOURCES.operators,
    tokens: [
      ['protected', token(), 'allowed'],
      ['not protected', token({ ref_protected: 'false' }), 'denied'],
    ],
  },
  {
    name: 'Null true asks that the key be absent',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
      Null: { 'gitlab.com:user_email': 'true' },
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['with an address', token(), 'denied'],
      ['without', token({ user_email: undefined }), 'allowed'],
    ],
  },
  {
    name: 'IfExists on a side condition',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
      StringLikeIfExists: { 'gitlab.com:user_email': '*@acme.example' },
    }),
    grade: 'safe',
    source: SOURCES.operators,
    tokens: [
      ['of the company', token(), 'allowed'],
      ['of another', token({ user_email: 'x@evil.example' }), 'denied'],
      ['without', token({ user_email: undefined }), 'allowed'],
    ],
  },
  {
    name: 'an explicit deny wins',
    policy: policy(
      allow(GITLAB_COM, {
        StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
        StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
      }),
      allow(
        GITLAB_COM,
        { StringEquals: { 'gitlab.com:user_login': 'mallory' } },
        { Effect: 'Deny' },
      ),
    ),
    grade: 'safe',
    source: SOURCES.evaluation,
    tokens: [
      ['ann', token(), 'allowed'],
      ['mallory', token({ user_login: 'mallory' }), 'denied'],
    ],
  },
  {
    name: 'a deny by absence',
    policy: policy(
      allow(GITLAB_COM, { StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
      allow(
        GITLAB_COM,
        { StringNotEquals: { 'gitlab.com:runner_environment': 'gitlab-hosted' } },
        { Effect: 'Deny' },
      ),
    ),
    grade: 'safe',
    source: SOURCES.operators,
    tokens: [
      ['hosted', token(), 'allowed'],
      ['self-hosted', token({ runner_environment: 'self-hosted' }), 'denied'],
      ['no such claim', token({ runner_environment: undefined }), 'denied'],
    ],
  },
];
