import fc from 'fast-check';

const COM = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
const OWN = 'arn:aws:iam::123456789012:oidc-provider/gitlab.example.com';

const path = fc.constantFrom(
  'acme/web',
  'acme/web',
  'acme/api',
  'ACME/web',
  'b/c/d',
  'x1/y_2/z-3',
  'zq/xq',
  'acme',
  'a/b.git',
  '*/web',
  'acme/*',
);
const ref = fc.constantFrom(
  'main',
  'main',
  'v1.0',
  'release/1',
  'true',
  'acme/web',
  'HEAD',
  'refs/heads/x',
  'a.lock',
  'v*',
  '*',
  '${gitlab.com:user_login}',
);
const plainSubject = fc
  .tuple(
    fc.constantFrom('acme/web', 'acme/api', 'ACME/web', 'b/c/d', 'x1/y_2/z-3', 'zq/xq'),
    fc.constantFrom('branch', 'tag'),
    fc.constantFrom('main', 'v1.0', 'release/1', 'true', 'acme/web'),
  )
  .map(([project, type, name]) => `project_path:${project}:ref_type:${type}:ref:${name}`);

const subject = fc.oneof(
  { weight: 50, arbitrary: plainSubject },
  {
    weight: 5,
    arbitrary: fc
      .tuple(path, fc.constantFrom('branch', 'branch', 'tag', 'Branch'), ref)
      .map(([project, type, name]) => `project_path:${project}:ref_type:${type}:ref:${name}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'project_path:acme/web',
      'project_path:acme/*',
      'project_id:20:ref_type:branch:ref:main',
      'say "project_path:a/b:ref_type:branch:ref:main"',
      'zq-ref-00',
    ),
  },
);
const id = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<unknown>('20', '21', '7') },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(20, '020', '2*', ['20', '21'], ['20']) },
);

const conditions = fc
  .record({
    host: fc.constantFrom('gitlab.com', 'gitlab.com', 'gitlab.com', 'gitlab.example.com'),
    operator: fc.constantFrom(
      ...Array<string>(12).fill('StringEquals'),
      ...Array<string>(4).fill('StringLike'),
      'ForAnyValue:StringEquals',
      'StringEqualsIgnoreCase',
      'StringEqualsIfExists',
      'StringNotEquals',
    ),
    subjects: fc.oneof(
      { weight: 2, arbitrary: subject },
      { weight: 2, arbitrary: fc.array(subject, { minLength: 1, maxLength: 3 }) },
    ),
    project: fc.option(id, { freq: 1 }),
    namespace: fc.option(id, { freq: 1 }),
    idOperator: fc.constantFrom(
      ...Array<string>(5).fill('StringEquals'),
      'StringLike',
      'NumericEquals',
    ),
    more: fc.constantFrom<[string, string, unknown] | undefined>(
      ...Array<undefined>(8).fill(undefined),
      ...Array<[string, string, unknown]>(4).fill(['StringEquals', 'aud', 'https://gitlab.com']),
      ['StringEquals', 'aud', 'project_path:acme/web:ref_type:branch:ref:main'],
      ['StringEquals', 'ref_protected', 'true'],
      ['StringEquals', 'ref_protected', 'True'],
      ['StringLike', 'sub', 'project_path:acme/*'],
      ['StringEquals', 'project_path', 'acme/web'],
      ['StringEquals', 'ref', 'main'],
      ['StringEqualsIfExists', 'user_login', 'ann'],
      ['StringNotLike', 'sub', '*:ref_type:tag:*'],
    ),
  })
  .map(({ host, operator, subjects, project, namespace, idOperator, more }) => {
    const all: Record<string, Record<string, unknown>> = {};
    const add = (by: string, claim: string, value: unknown) => {
      all[by] = { ...all[by], [`${host}:${claim}`]: value };
    };
    if (more) add(...more);
    add(operator, 'sub', subjects);
    if (project !== null) add(idOperator, 'project_id', project);
    if (namespace !== null) add('StringEquals', 'namespace_id', namespace);
    return all;
  });

const statement = fc
  .record({
    effect: fc.constantFrom(...Array<string>(12).fill('Allow'), 'Deny'),
    principal: fc.constantFrom<unknown>(
      { Federated: COM },
      { Federated: COM },
      { Federated: OWN },
      { Federated: [COM, OWN] },
      '*',
    ),
    sid: fc.constantFrom(
      ...Array<undefined>(12).fill(undefined),
      'Jobs',
      'with space',
      'zq-ref-00',
    ),
    conditions: fc.oneof(
      { weight: 9, arbitrary: conditions },
      { weight: 1, arbitrary: fc.constant({}) },
    ),
  })
  .map(({ effect, principal, sid, conditions: Condition }) => ({
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect,
    Principal: principal,
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition,
  }));

/** Policies that name projects, refs and ids, as those of an account do, with what must not be taken for a name. */
export const namingPolicy: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .tuple(
    fc.array(statement, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
    fc.boolean(),
  )
  .map(([statements, version, asList]) => ({
    Version: version,
    Statement: asList || statements.length > 1 ? statements : statements[0],
  }));
