import { branch, com, MAIN, other, type Scenario, SOURCES, tag, token } from './vector.ts';

const ID = { 'gitlab.com:project_id': '20' };

/** How far a subject reaches, on gitlab.com. */
export const subjects: readonly Scenario[] = [
  {
    name: 'exact subject, id pinned',
    policy: com({ StringEquals: { 'gitlab.com:sub': MAIN, ...ID } }),
    grade: 'safe',
    source: SOURCES.gitlabAws,
    tokens: [
      ['main', token(), 'allowed'],
      ['another branch', branch('dev'), 'denied'],
      ['a branch that begins so', branch('main2'), 'denied'],
      ['a tag of the same name', tag('main'), 'denied'],
      [
        'a merge request comes with its source branch',
        branch('fix', { pipeline_source: 'merge_request_event' }),
        'denied',
      ],
      ['a fork', other('evil/web'), 'denied'],
      ['another case', token({ sub: MAIN.replace('acme', 'Acme') }), 'denied'],
      ['the path taken over by another project', token({ project_id: '99' }), 'denied'],
      ['the id as a JSON number', token({ project_id: 20 }), 'allowed'],
      ['a schedule on main', token({ pipeline_source: 'schedule' }), 'allowed'],
      ['with an environment', token({ environment: 'production' }), 'allowed'],
      ['no sub', { aud: 'https://gitlab.com', project_id: '20' }, 'denied'],
    ],
  },
  {
    name: 'exact subject, path alone',
    policy: com({ StringEquals: { 'gitlab.com:sub': MAIN } }),
    grade: 'caution',
    source: SOURCES.gitlabAws,
    tokens: [
      ['main', token(), 'allowed'],
      ['the path taken over by another project', token({ project_id: '99' }), 'allowed'],
    ],
  },
  {
    name: 'exact subject under StringLike',
    policy: com({ StringLike: { 'gitlab.com:sub': MAIN }, StringEquals: ID }),
    grade: 'safe',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'allowed'],
      ['a branch that begins so', branch('main2'), 'denied'],
    ],
  },
  {
    name: 'any branch of one project',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
      StringEquals: ID,
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'allowed'],
      ['a branch with a slash', branch('feature/x/y'), 'allowed'],
      ['a merge request', branch('fix', { pipeline_source: 'merge_request_event' }), 'allowed'],
      ['a tag', tag('v1'), 'denied'],
      ['another project', other('acme/web2'), 'denied'],
    ],
  },
  {
    name: 'any protected branch of one project',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
      StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
    }),
    grade: 'safe',
    source: SOURCES.keys,
    tokens: [
      ['main', token(), 'allowed'],
      ['an unprotected branch', branch('fix', { ref_protected: 'false' }), 'denied'],
      ['a JSON boolean', token({ ref_protected: true }), 'allowed'],
    ],
  },
  {
    name: 'release* without protection',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:release*' },
      StringEquals: ID,
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['release/1.0', branch('release/1.0'), 'allowed'],
      ['release itself', branch('release'), 'allowed'],
      ['a name that begins so', branch('release-my-experiment'), 'allowed'],
      ['prerelease', branch('prerelease'), 'denied'],
    ],
  },
  {
    name: 'one character by ?',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:v?' },
      StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
    }),
    grade: 'safe',
    source: SOURCES.operators,
    tokens: [
      ['v1', branch('v1'), 'allowed'],
      ['v', branch('v'), 'denied'],
      ['v12', branch('v12'), 'denied'],
    ],
  },
  {
    name: 'branch or tag',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:*:ref:main' },
      StringEquals: ID,
    }),
    grade: 'caution',
    source: SOURCES.protectedTags,
    tokens: [
      ['the branch main', token(), 'allowed'],
      ['a tag named main', tag('main'), 'allowed'],
      ['another tag', tag('v1'), 'denied'],
    ],
  },
  {
    name: 'any tag',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:tag:ref:v*' },
      StringEquals: ID,
    }),
    grade: 'caution',
    source: SOURCES.protectedTags,
    tokens: [
      ['v1.0', tag('v1.0'), 'allowed'],
      ['a branch v1', branch('v1'), 'denied'],
      ['release-1', tag('release-1'), 'denied'],
    ],
  },
  {
    name: 'protected tags',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:tag:ref:v*' },
      StringEquals: { ...ID, 'gitlab.com:ref_protected': 'true' },
    }),
    grade: 'safe',
    source: SOURCES.protectedTags,
    tokens: [
      ['a protected tag', tag('v1.0', { ref_protected: 'true' }), 'allowed'],
      ['an unprotected tag', tag('v1.0'), 'denied'],
    ],
  },
  {
    name: 'every ref of one project',
    policy: com({ StringLike: { 'gitlab.com:sub': 'project_path:acme/web:*' }, StringEquals: ID }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'allowed'],
      ['a tag', tag('x'), 'allowed'],
      ['a project that begins so', other('acme/web2'), 'denied'],
    ],
  },
  {
    name: 'a group with its slash',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref_type:branch:ref:main' },
      StringEquals: { 'gitlab.com:namespace_id': '7' },
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['acme/web', token(), 'allowed'],
      ['a new project of the group', other('acme/new', { namespace_id: '7' }), 'allowed'],
      ['the group taken over', other('acme/web', { namespace_id: '88' }), 'denied'],
      ['a subgroup has an id of its own', other('acme/sub/x', { namespace_id: '8' }), 'denied'],
    ],
  },
  {
    name: 'a group with its slash and no id',
    policy: com({ StringLike: { 'gitlab.com:sub': 'project_path:acme/*' } }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['a subgroup', other('acme/sub/x'), 'allowed'],
      ['a group that begins so', other('acme-evil/x'), 'denied'],
    ],
  },
  {
    name: 'a project prefix inside a group',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web*:ref_type:branch:ref:main' },
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['acme/web', token(), 'allowed'],
      ['acme/webshop', other('acme/webshop'), 'allowed'],
      ['acme/web/api in a subgroup', other('acme/web/api'), 'allowed'],
      ['acme/api', other('acme/api'), 'denied'],
    ],
  },
  {
    name: 'a group without its slash',
    policy: com({ StringLike: { 'gitlab.com:sub': 'project_path:acme*' } }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['acme/web', token(), 'allowed'],
      ['acme-evil/x', other('acme-evil/x'), 'allowed'],
      ['evil/acme', other('evil/acme'), 'denied'],
    ],
  },
  {
    name: 'a group without its slash, with a ref',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme*:ref_type:branch:ref:main' },
    }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['acme-evil/x', other('acme-evil/x'), 'allowed'],
      ['its tag', tag('main'), 'denied'],
    ],
  },
  {
    name: 'a wildcard in the top group',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme-*/web:ref_type:branch:ref:main' },
    }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['acme-eu/web', other('acme-eu/web'), 'allowed'],
      ['acme-evil/web', other('acme-evil/web'), 'allowed'],
      ['acme/web', token(), 'denied'],
    ],
  },
  {
    name: '? in the top group',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acm?/web:ref_type:branch:ref:main' },
    }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['acme/web', token(), 'allowed'],
      ['acm3/web', other('acm3/web'), 'allowed'],
    ],
  },
  {
    name: 'everything',
    policy: com({ StringLike: { 'gitlab.com:sub': '*' } }),
    grade: 'dangerous',
    source: SOURCES.shared,
    tokens: [
      ['main', token(), 'allowed'],
      ['a stranger', other('evil/x'), 'allowed'],
      ['no sub at all', { aud: 'https://gitlab.com' }, 'denied'],
    ],
  },
  {
    name: 'any project',
    policy: com({ StringLike: { 'gitlab.com:sub': 'project_path:*' } }),
    grade: 'dangerous',
    source: SOURCES.shared,
    tokens: [
      ['a stranger', other('evil/x'), 'allowed'],
      [
        'a subject led by the id',
        token({ sub: 'project_id:20:ref_type:branch:ref:main' }),
        'denied',
      ],
    ],
  },
  {
    name: "any group's project of a name",
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:*/deploy:ref_type:branch:ref:main' },
    }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['evil/deploy', other('evil/deploy'), 'allowed'],
      ['evil/x', other('evil/x'), 'denied'],
    ],
  },
  {
    name: 'any project, the ref alone named',
    policy: com({ StringLike: { 'gitlab.com:sub': '*:ref_type:branch:ref:main' } }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['a stranger', other('evil/x'), 'allowed'],
      ['a branch', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'any project of a pinned namespace',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:*' },
      StringEquals: { 'gitlab.com:namespace_id': '7' },
    }),
    grade: 'caution',
    source: SOURCES.keys,
    tokens: [
      ['acme/web', token(), 'allowed'],
      ['a stranger', other('evil/x'), 'denied'],
    ],
  },
  {
    name: 'two subjects are joined by OR',
    policy: com({ StringEquals: { 'gitlab.com:sub': [MAIN, MAIN.replace('main', 'dev')], ...ID } }),
    grade: 'safe',
    source: SOURCES.logic,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'allowed'],
      ['fix', branch('fix'), 'denied'],
    ],
  },
  {
    name: 'several projects and several ids',
    policy: com({
      StringEquals: {
        'gitlab.com:sub': [MAIN, 'project_path:acme/api:ref_type:branch:ref:main'],
        'gitlab.com:project_id': ['20', '21'],
      },
    }),
    grade: 'caution',
    source: SOURCES.logic,
    tokens: [
      ['web by its id', token(), 'allowed'],
      ['api by its id', other('acme/api', { project_id: '21' }), 'allowed'],
      ['api under the id of web', other('acme/api', { project_id: '20' }), 'allowed'],
      ['a third id', token({ project_id: '22' }), 'denied'],
    ],
  },
  {
    name: 'an exact subject and a pattern in one block are joined by AND',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN, ...ID },
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:tag:ref:*' },
    }),
    grade: 'caution',
    source: SOURCES.logic,
    tokens: [
      ['main', token(), 'denied'],
      ['a tag', tag('v1'), 'denied'],
    ],
  },
  {
    name: "a branch name with IAM's and the shell's characters",
    policy: com({
      StringEquals: {
        'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:a$b{c}&`d`',
        ...ID,
      },
    }),
    grade: 'safe',
    source: SOURCES.refFormat,
    tokens: [
      ['that branch', branch('a$b{c}&`d`'), 'allowed'],
      ['without the dollar sign', branch('ab{c}&`d`'), 'denied'],
    ],
  },
  {
    name: 'an id-led subject',
    policy: com({ StringEquals: { 'gitlab.com:sub': 'project_id:20:ref_type:branch:ref:main' } }),
    grade: 'safe',
    source: SOURCES.subject,
    tokens: [
      ['that subject', token({ sub: 'project_id:20:ref_type:branch:ref:main' }), 'allowed'],
      ['the default subject', token(), 'denied'],
    ],
  },
  {
    name: 'an id with a wildcard',
    policy: com({ StringLike: { 'gitlab.com:sub': 'project_id:20*' } }),
    grade: 'dangerous',
    source: SOURCES.operators,
    tokens: [
      ['20', token({ sub: 'project_id:20:ref_type:branch:ref:main' }), 'allowed'],
      ['2047', token({ sub: 'project_id:2047:ref_type:branch:ref:x' }), 'allowed'],
      ['21', token({ sub: 'project_id:21:ref_type:branch:ref:main' }), 'denied'],
    ],
  },
  {
    name: 'an id key with a wildcard',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN },
      StringLike: { 'gitlab.com:project_id': '2*' },
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['20', token(), 'allowed'],
      ['2999 under the same path', token({ project_id: '2999' }), 'allowed'],
      ['99', token({ project_id: '99' }), 'denied'],
    ],
  },
  {
    name: 'both true and false is no protection',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:*' },
      StringEquals: { ...ID, 'gitlab.com:ref_protected': ['true', 'false'] },
    }),
    grade: 'caution',
    source: SOURCES.logic,
    tokens: [
      ['an unprotected branch', branch('fix', { ref_protected: 'false' }), 'allowed'],
      ['no such claim', branch('fix', { ref_protected: undefined }), 'denied'],
    ],
  },
];
