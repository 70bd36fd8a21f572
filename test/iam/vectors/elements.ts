import {
  allow,
  branch,
  com,
  GITLAB_COM,
  MAIN,
  other,
  own,
  policy,
  type Scenario,
  SELF_MANAGED,
  SOURCES,
  tag,
  token,
} from './vector.ts';

const EXACT = { StringEquals: { 'gitlab.com:sub': MAIN, 'gitlab.com:project_id': '20' } };
const ID_LED = 'project_id:20:ref_type:branch:ref:main';
const GITHUB = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';

/** Principal, action, version, and other issuers. */
export const elements: readonly Scenario[] = [
  {
    name: 'scalars where lists may stand',
    policy: { Version: '2012-10-17', Statement: allow(GITLAB_COM, EXACT) },
    grade: 'safe',
    source: SOURCES.evaluation,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'lists everywhere',
    policy: policy({
      Sid: 'GitLab',
      Effect: 'Allow',
      Principal: { Federated: [GITLAB_COM] },
      Action: ['sts:AssumeRoleWithWebIdentity'],
      Condition: { StringEquals: { 'gitlab.com:sub': [MAIN], 'gitlab.com:project_id': ['20'] } },
    }),
    grade: 'safe',
    source: SOURCES.evaluation,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'two statements are joined by OR',
    policy: policy(
      allow(GITLAB_COM, EXACT),
      allow(GITLAB_COM, {
        StringEquals: {
          'gitlab.com:sub': 'project_path:acme/api:ref_type:branch:ref:main',
          'gitlab.com:project_id': '21',
        },
      }),
    ),
    grade: 'safe',
    source: SOURCES.evaluation,
    tokens: [
      ['web by its id', token(), 'allowed'],
      ['api by its id', other('acme/api', { project_id: '21' }), 'allowed'],
      ['api under the id of web', other('acme/api', { project_id: '20' }), 'denied'],
    ],
  },
  {
    name: 'the provider of another account',
    policy: policy(allow(GITLAB_COM.replace('123456789012', '210987654321'), EXACT)),
    grade: 'safe',
    source: SOURCES.principal,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'the provider of another partition',
    policy: policy(allow(GITLAB_COM.replace('arn:aws:', 'arn:aws-cn:'), EXACT)),
    grade: 'safe',
    source: SOURCES.principal,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a provider in AWS GovCloud',
    policy: policy(allow(GITLAB_COM.replace('arn:aws:', 'arn:aws-us-gov:'), EXACT)),
    provider: GITLAB_COM.replace('arn:aws:', 'arn:aws-us-gov:'),
    grade: 'safe',
    source: SOURCES.principal,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'everyone, by a bare asterisk',
    policy: policy({ ...allow(GITLAB_COM, EXACT), Principal: '*' }),
    grade: 'caution',
    source: SOURCES.principal,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'everyone, by AWS',
    policy: policy({ ...allow(GITLAB_COM, EXACT), Principal: { AWS: '*' } }),
    grade: 'caution',
    source: SOURCES.principal,
    tokens: [['main', token(), 'allowed']],
  },
  {
    name: 'an AWS account is no OIDC provider',
    policy: policy({
      ...allow(GITLAB_COM, EXACT),
      Principal: { AWS: ['123456789012'], Federated: GITLAB_COM },
    }),
    grade: 'safe',
    source: SOURCES.principal,
    tokens: [
      ['main by the provider', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'NotPrincipal with Deny spares the provider',
    policy: policy(allow(GITLAB_COM, EXACT), {
      Effect: 'Deny',
      NotPrincipal: { Federated: GITLAB_COM },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
    grade: 'caution',
    source: SOURCES.principal,
    tokens: [['main', token(), 'allowed']],
  },
  {
    name: 'NotPrincipal with Deny that names another',
    policy: policy(allow(GITLAB_COM, EXACT), {
      Effect: 'Deny',
      NotPrincipal: { Federated: GITHUB },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
    grade: 'caution',
    source: SOURCES.principal,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'the wrong action',
    policy: policy(allow(GITLAB_COM, EXACT, { Action: 'sts:AssumeRole' })),
    grade: 'caution',
    source: SOURCES.action,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'an action in another case, with a wildcard',
    policy: policy(allow(GITLAB_COM, EXACT, { Action: ['STS:assumerolewith*', 'sts:TagSession'] })),
    grade: 'safe',
    source: SOURCES.action,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'NotAction that leaves the exchange in',
    policy: policy({
      Effect: 'Allow',
      Principal: { Federated: GITLAB_COM },
      NotAction: 'sts:AssumeRole',
      Condition: EXACT,
    }),
    grade: 'safe',
    source: SOURCES.notAction,
    tokens: [['main', token(), 'allowed']],
  },
  {
    name: 'NotAction that takes the exchange out',
    policy: policy({
      Effect: 'Allow',
      Principal: { Federated: GITLAB_COM },
      NotAction: 'sts:AssumeRoleWithWeb*',
      Condition: EXACT,
    }),
    grade: 'caution',
    source: SOURCES.notAction,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'a variable that the token fills',
    policy: com({
      StringLike: {
        'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:${gitlab.com:user_login}-*',
      },
      StringEquals: { 'gitlab.com:project_id': '20' },
    }),
    grade: 'caution',
    source: SOURCES.variables,
    tokens: [
      ["one's own branch", branch('ann-fix'), 'allowed'],
      ["another's branch", branch('bob-fix'), 'denied'],
      ['an asterisk in a login is no wildcard', branch('bob-fix', { user_login: '*' }), 'denied'],
    ],
  },
  {
    name: 'a default for a variable',
    policy: com({
      StringEquals: {
        'gitlab.com:sub': "project_path:acme/web:ref_type:branch:ref:${aws:username, 'main'}",
        'gitlab.com:project_id': '20',
      },
    }),
    grade: 'safe',
    source: SOURCES.variables,
    tokens: [
      ['the default', token(), 'allowed'],
      ['another', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'an escaped dollar sign',
    policy: com({
      StringEquals: {
        'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:a${$}{b}',
        'gitlab.com:project_id': '20',
      },
    }),
    grade: 'safe',
    source: SOURCES.variables,
    tokens: [
      ['the branch a${b}', branch('a${b}'), 'allowed'],
      ['the branch a', branch('a'), 'denied'],
    ],
  },
  {
    name: 'no variables before 2012-10-17',
    policy: {
      Version: '2008-10-17',
      Statement: [
        allow(GITLAB_COM, {
          StringEquals: {
            'gitlab.com:sub': MAIN.replace('main', '${BRANCH}'),
            'gitlab.com:project_id': '20',
          },
        }),
      ],
    },
    grade: 'safe',
    source: SOURCES.variables,
    tokens: [
      ['a branch of that very name', branch('${BRANCH}'), 'allowed'],
      ['main', token(), 'denied'],
    ],
  },
  {
    name: 'no version is 2008-10-17',
    policy: {
      Statement: [
        allow(GITLAB_COM, {
          StringEquals: {
            'gitlab.com:sub': MAIN.replace('main', '${$}'),
            'gitlab.com:project_id': '20',
          },
        }),
      ],
    },
    grade: 'safe',
    source: SOURCES.variables,
    tokens: [
      ['a branch of that very name', branch('${$}'), 'allowed'],
      ['a dollar sign', branch('$'), 'denied'],
    ],
  },
  {
    name: 'a self-managed instance, id-led',
    policy: own({
      StringEquals: {
        'gitlab.example.com:sub': ID_LED,
        'gitlab.example.com:aud': 'https://gitlab.example.com',
      },
    }),
    provider: SELF_MANAGED,
    grade: 'safe',
    source: SOURCES.subject,
    tokens: [
      ['that project', token({ sub: ID_LED, aud: 'https://gitlab.example.com' }), 'allowed'],
      ['another audience', token({ sub: ID_LED }), 'denied'],
      [
        'an audience with a slash',
        token({ sub: ID_LED, aud: 'https://gitlab.example.com/' }),
        'denied',
      ],
      ['the default subject', token({ aud: 'https://gitlab.example.com' }), 'denied'],
    ],
  },
  {
    name: 'a self-managed instance by path',
    policy: own({ StringEquals: { 'gitlab.example.com:sub': MAIN } }),
    provider: SELF_MANAGED,
    grade: 'caution',
    source: SOURCES.gitlabAws,
    tokens: [
      ['main', token(), 'allowed'],
      ['dev', branch('dev'), 'denied'],
    ],
  },
  {
    name: 'a self-managed instance with protectedness in the subject',
    policy: own({
      StringLike: {
        'gitlab.example.com:sub': 'project_id:20:ref_type:branch:ref:*:ref_protected:true',
      },
    }),
    provider: SELF_MANAGED,
    grade: 'safe',
    source: SOURCES.subject,
    tokens: [
      ['protected', token({ sub: `${ID_LED}:ref_protected:true` }), 'allowed'],
      ['not protected', token({ sub: `${ID_LED}:ref_protected:false` }), 'denied'],
    ],
  },
  {
    name: 'a self-managed instance without a subject',
    policy: own({ StringEquals: { 'gitlab.example.com:aud': 'https://gitlab.example.com' } }),
    provider: SELF_MANAGED,
    grade: 'dangerous',
    source: SOURCES.shared,
    tokens: [['a stranger', other('evil/x', { aud: 'https://gitlab.example.com' }), 'allowed']],
  },
  {
    name: 'an instance under a path',
    policy: policy(
      allow(`${SELF_MANAGED}/gitlab`, {
        StringEquals: { 'gitlab.example.com/gitlab:sub': ID_LED },
      }),
    ),
    provider: `${SELF_MANAGED}/gitlab`,
    grade: 'safe',
    source: SOURCES.keys,
    tokens: [
      ['that project', token({ sub: ID_LED }), 'allowed'],
      ['another', token({ sub: ID_LED.replace('20', '21') }), 'denied'],
    ],
  },
  {
    name: 'the path left out of the key',
    policy: policy(
      allow(`${SELF_MANAGED}/gitlab`, { StringEquals: { 'gitlab.example.com:sub': ID_LED } }),
    ),
    provider: `${SELF_MANAGED}/gitlab`,
    grade: 'caution',
    source: SOURCES.keys,
    tokens: [['that project', token({ sub: ID_LED }), 'denied']],
  },
  {
    name: 'an instance whose name says nothing',
    policy: policy(
      allow(SELF_MANAGED.replace('gitlab.', 'code.'), {
        StringLike: { 'code.example.com:sub': 'project_path:*' },
      }),
    ),
    provider: SELF_MANAGED.replace('gitlab.', 'code.'),
    grade: 'dangerous',
    source: SOURCES.shared,
    tokens: [['a stranger', other('evil/x'), 'allowed']],
  },
  {
    name: 'GitHub is not judged',
    policy: policy(
      allow(GITHUB, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } }),
    ),
    provider: GITHUB,
    grade: 'not-judged',
    source: SOURCES.shared,
    tokens: [['any repository', { sub: 'repo:evil/x:ref:refs/heads/main' }, 'allowed']],
  },
  {
    name: 'a role for a service is not judged',
    policy: policy({
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
    grade: 'not-judged',
    source: SOURCES.principal,
    tokens: [['main', token(), 'denied']],
  },
  {
    name: 'GitHub and GitLab in one policy',
    policy: policy(
      allow(GITHUB, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } }),
      allow(GITLAB_COM, EXACT),
    ),
    grade: 'safe',
    source: SOURCES.principal,
    tokens: [
      ['main', token(), 'allowed'],
      ['a tag', tag('main'), 'denied'],
    ],
  },
];
