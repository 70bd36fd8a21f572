import { readInventory } from '../src/aws/inputs/read-inputs.ts';

/**
 * Reads a dump of 5,000 roles as `aws iam get-account-authorization-details` prints it, against `JSON.parse` of the same text.
 * Run with `node --expose-gc` for memory.
 */
const ROLES = 5000;
const text = JSON.stringify(
  { RoleDetailList: Array.from({ length: ROLES }, (_, at) => role(at)) },
  null,
  4,
);

const parse = best(() => JSON.parse(text) as unknown);
const read = best(() => readInventory([{ file: 'dump.json', text, isFound: false }]));
console.log(`${(text.length / 1e6).toFixed(1)} MB, ${ROLES} roles`);
console.log(
  `JSON.parse ${parse.toFixed(0)} ms, read ${read.toFixed(0)} ms: ${(read / parse).toFixed(1)} times`,
);
global.gc?.();
const before = process.memoryUsage().heapUsed;
const inventory = readInventory([{ file: 'dump.json', text, isFound: false }]);
const used = process.memoryUsage().heapUsed - before;
console.log(
  `${inventory.roles.length} roles, ${(used / text.length).toFixed(1)} times the text in memory`,
);

/** Milliseconds. */
function best(work: () => unknown): number {
  let least = Infinity;
  for (let turn = 0; turn < 5; turn += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

function role(at: number): unknown {
  const statement = (branch: string) => ({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'gitlab.com:aud': 'https://gitlab.com',
        'gitlab.com:sub': `project_path:acme/team-${at}/service:ref_type:branch:ref:${branch}`,
      },
    },
  });
  return {
    Path: '/',
    RoleName: `service-${at}`,
    RoleId: `AROA${at}`,
    Arn: `arn:aws:iam::123456789012:role/service-${at}`,
    CreateDate: '2026-01-01T00:00:00+00:00',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [statement('main'), statement('release')],
    },
    InstanceProfileList: [],
    RolePolicyList: [
      {
        PolicyName: 'access',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: Array.from({ length: 4 }, (_, n) => ({
            Sid: `Part${n}`,
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
            Resource: [`arn:aws:s3:::bucket-${at}-${n}`, `arn:aws:s3:::bucket-${at}-${n}/*`],
          })),
        },
      },
    ],
    AttachedManagedPolicies: [
      { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ],
    Tags: [{ Key: 'team', Value: `team-${at}` }],
    RoleLastUsed: { LastUsedDate: '2026-10-01T00:00:00+00:00', Region: 'eu-west-1' },
  };
}
