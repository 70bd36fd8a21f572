import {
  branch,
  com,
  MAIN,
  other,
  own,
  type Scenario,
  SELF_MANAGED,
  SOURCES,
  token,
} from './vector.ts';

const ID = { 'gitlab.com:project_id': '20' };
const OWN_MAIN = 'project_id:20:ref_type:branch:ref:main';

/** Policies that let in nobody, whatever their author meant. */
export const dead: readonly Scenario[] = [
  {
    name: 'a wildcard under StringEquals',
    policy: com({ StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:*', ...ID } }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [
      ['main', token(), 'denied'],
      [
        'a literal asterisk, which git refuses',
        token({ sub: 'project_path:acme/web:*' }),
        'allowed',
      ],
    ],
  },
  {
    name: 'a wildcard under StringEqualsIgnoreCase',
    policy: com({
      StringEqualsIgnoreCase: { 'gitlab.com:sub': 'project_path:acme/*' },
      StringEquals: ID,
    }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'the key of another host',
    policy: com({ StringEquals: { 'gitlab.example.com:sub': MAIN, ...ID } }),
    grade: 'caution',
    source: SOURCES.keys,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a key with a scheme',
    policy: com({ StringEquals: { 'https://gitlab.com:sub': MAIN, ...ID } }),
    grade: 'caution',
    source: SOURCES.keys,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a key with a trailing slash',
    policy: com({ StringEquals: { 'gitlab.com/:sub': MAIN, ...ID } }),
    grade: 'caution',
    source: SOURCES.keys,
    tokens: [['main', token(), 'denied']],
  },
  ...['environment', 'ref', 'ref_type', 'project_path', 'deployment_tier'].map(
    (claim): Scenario => ({
      name: `a condition on ${claim}, which AWS does not read`,
      policy: com({
        StringEquals: { 'gitlab.com:sub': MAIN, ...ID, [`gitlab.com:${claim}`]: 'x' },
      }),
      grade: 'caution',
      source: SOURCES.keys,
      tokens: [['a token with just that claim', token({ [claim]: 'x' }), 'denied']],
    }),
  ),
  ...['project_id', 'namespace_id', 'ref_protected', 'pipeline_source', 'user_login'].map(
    (claim): Scenario => ({
      name: `${claim} on a self-managed host`,
      policy: own({
        StringEquals: { 'gitlab.example.com:sub': OWN_MAIN, [`gitlab.example.com:${claim}`]: 'x' },
      }),
      provider: SELF_MANAGED,
      grade: 'caution',
      source: SOURCES.keys,
      tokens: [['a token with just that claim', token({ sub: OWN_MAIN, [claim]: 'x' }), 'denied']],
    }),
  ),
  {
    name: 'ref_type:mr',
    policy: com({
      StringLike: { 'gitlab.com:sub': 'project_path:acme/web:ref_type:mr:ref:*' },
      StringEquals: ID,
    }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [
      ['a merge request', branch('fix', { pipeline_source: 'merge_request_event' }), 'denied'],
    ],
  },
  {
    name: 'an environment in the subject',
    policy: com({
      StringEquals: { 'gitlab.com:sub': 'project_path:acme/web:environment:production', ...ID },
    }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [['a job with that environment', token({ environment: 'production' }), 'denied']],
  },
  {
    name: 'a full ref',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN.replace('main', 'refs/heads/main'), ...ID },
    }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a project path with a leading slash',
    policy: com({ StringEquals: { 'gitlab.com:sub': MAIN.replace('acme', '/acme'), ...ID } }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a project path with .git',
    policy: com({
      StringEquals: { 'gitlab.com:sub': MAIN.replace('acme/web', 'acme/web.git'), ...ID },
    }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a project without its group',
    policy: com({ StringEquals: { 'gitlab.com:sub': MAIN.replace('acme/', ''), ...ID } }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: "GitHub's subject on GitLab",
    policy: com({ StringLike: { 'gitlab.com:sub': 'repo:acme/web:*' }, StringEquals: ID }),
    grade: 'caution',
    source: SOURCES.subject,
    tokens: [
      ['main', token(), 'denied'],
      ['a stranger', other('evil/x'), 'denied'],
    ],
  },
  {
    name: 'white space at the end',
    policy: com({ StringEquals: { 'gitlab.com:sub': `${MAIN} `, ...ID } }),
    grade: 'caution',
    source: SOURCES.operators,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a variable that nobody filled',
    policy: com({ StringEquals: { 'gitlab.com:sub': MAIN.replace('main', '${BRANCH}'), ...ID } }),
    grade: 'caution',
    source: SOURCES.variables,
    tokens: [
      ['main', token(), 'denied'],
      ['a branch of that very name', branch('${BRANCH}'), 'denied'],
    ],
  },
];
