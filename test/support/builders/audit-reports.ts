import type {
  AuditFinding,
  AuditReport,
  ChainPath,
  GrantEdge,
  RoleNode,
  SourceNode,
} from '../../../src/audit/report.ts';

const ACCOUNT = '111111111111';

/** A report with these parts, and nothing else in it. */
export function auditReport(parts: Partial<AuditReport> = {}): AuditReport {
  return {
    version: 1,
    ok: true,
    inputs: ['dumps'],
    date: '2027-01-31',
    totals: {
      accounts: 1,
      roles: parts.roles?.length ?? 0,
      gitlabRoles: parts.roles?.length ?? 0,
      sources: parts.sources?.length ?? 0,
      chains: parts.chains?.length ?? 0,
      errors: 0,
      warnings: parts.findings?.length ?? 0,
      undetermined: 0,
    },
    accounts: [],
    visits: [],
    providers: [],
    sources: [],
    roles: [],
    grants: [],
    chains: [],
    findings: [],
    fixed: [],
    suppressions: { expired: [], unused: [] },
    undetermined: [],
    unreadable: [],
    ...parts,
  };
}

export function sourceNode(path: string, parts: Partial<SourceNode> = {}): SourceNode {
  return {
    id: `gitlab.com: ${path}`,
    issuer: 'gitlab.com',
    kind: 'project',
    path,
    ids: [],
    idPinned: false,
    exceptPaths: [],
    text: path,
    ...parts,
  };
}

export function roleNode(name: string, parts: Partial<RoleNode> = {}): RoleNode {
  const account = parts.account ?? ACCOUNT;
  return {
    id: `${account}/${name}`,
    account,
    name,
    arn: `arn:aws:iam::${account}:role/${name}`,
    trustsGitlab: true,
    exposure: 1,
    power: 1,
    risk: 1,
    powers: [],
    place: { file: 'dumps/roles.json', path: 'RoleDetailList[0]', line: 1 },
    undetermined: [],
    ...parts,
  };
}

export function grantEdge(source: SourceNode, role: RoleNode, ref = 'main'): GrantEdge {
  return {
    source: source.id,
    role: role.id,
    refs: [{ type: 'branch', name: ref }],
    exceptRefs: [],
    limits: [],
    isProtected: false,
    audiences: ['https://gitlab.com'],
    subjectForm: ['project_path', 'ref_type', 'ref'],
    witness: `project_path:${source.path ?? 'group/project'}:ref_type:branch:ref:${ref}`,
    certainty: 'allowed',
    exposure: 1,
    text: `${source.text}: branch ${ref}`,
  };
}

export function chainPath(...roles: readonly RoleNode[]): ChainPath {
  const ids = roles.map(({ id }) => id);
  return {
    roles: ids,
    by: ids.slice(1).map(() => 'sts:AssumeRole'),
    certainty: 'allowed',
    crossesAccounts: false,
    toAdministrator: false,
    text: ids.join(' → '),
  };
}

export function auditFinding(role: RoleNode, parts: Partial<AuditFinding> = {}): AuditFinding {
  return {
    id: 'AUD001',
    name: 'too-wide',
    severity: 'warning',
    on: role.id,
    path: 'trust',
    message: 'any matching ref of a project may assume a role',
    fix: 'Trust named projects and protected refs only',
    status: 'open',
    place: role.place,
    ...parts,
  };
}

/** Words of powers as they occur: a few of the same for many roles. */
const POWERS: RoleNode['powers'] = ['s3', 'ecr', 'dynamodb', 'kms', 'lambda', 'sqs', 'sns'].map(
  (of) => ({
    kind: 'write',
    of,
    certainty: 'allowed',
    scope: 'named',
    actions: [`${of}:PutObject`, `${of}:DeleteObject`],
    resources: [`arn:aws:${of}:::data-${of}/*`],
    text: `write ${of} (named)`,
  }),
);

/**
 * An estate of that many roles and projects, over accounts of 50 roles and groups of 20 projects: each role has three
 * grants and two findings, and every tenth leads to another.
 */
export function largeReport(roleCount: number, projectCount: number): AuditReport {
  const sources = Array.from({ length: projectCount }, (_, at) =>
    sourceNode(`group-${Math.floor(at / 20)}/project-${at}`, { ids: [String(1000 + at)] }),
  );
  const roles = Array.from({ length: roleCount }, (_, at) =>
    roleNode(`role-${at}`, {
      account: String(100_000_000_000 + Math.floor(at / 50)),
      exposure: 2,
      power: 3,
      risk: 6,
      powers: POWERS.slice(at % 3, (at % 3) + 1 + (at % 4)),
      lastUsed: `2027-01-${String((at % 28) + 1).padStart(2, '0')}T08:00:00+00:00`,
      place: {
        file: `dumps/${Math.floor(at / 50)}/details.json`,
        path: `RoleDetailList[${at % 50}]`,
        line: 10 + at,
      },
    }),
  );
  const grants = roles.flatMap((role, at) =>
    [0, 1, 2].flatMap((step) => {
      const source = sources[(at * 7 + step * 13) % projectCount];
      return source ? [grantEdge(source, role, step === 0 ? 'main' : `release-${step}`)] : [];
    }),
  );
  const chains = roles.flatMap((role, at) => {
    const next = roles[(at + 1) % roleCount];
    return at % 10 === 0 && next ? [chainPath(role, next)] : [];
  });
  const findings = roles.flatMap((role) => [
    auditFinding(role),
    auditFinding(role, {
      id: 'OIDC103',
      name: 'any-ref',
      message: `the subject of ${role.name} admits any branch`,
    }),
  ]);
  return auditReport({ sources, roles, grants, chains, findings });
}
