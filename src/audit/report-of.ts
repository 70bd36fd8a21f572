import type { GrantTerms } from '../access/grant.ts';
import { grantInWords, limitInWords, whoInWords } from '../access/words.ts';
import { accountOf } from '../iam/arn.ts';
import { issuerOfArn } from '../iam/condition-keys.ts';
import { isProtected } from '../lint/width.ts';
import type { AuditResult } from './audit.ts';
import { chainText, type RoleChain, MOST_ENDS, MOST_STEPS } from './chains/chains.ts';
import type { AccountVisit } from './live/live-account.ts';
import { placeView } from './estate/read-role.ts';
import type { AuditedEstate } from './estate/estate.ts';
import type { EstateProvider } from './estate/providers.ts';
import { certaintyOf } from './reach/words.ts';
import { NO } from '../access/reach/value.ts';
import {
  type AccountNode,
  type AuditFinding,
  type AuditReport,
  type ChainPath,
  type ExposureLevel,
  type GrantEdge,
  idOfRole,
  type ProviderNode,
  type RoleNode,
  type SourceNode,
  type VisitNode,
  type OpenQuestion,
} from './report.ts';
import type { AssessedRole, Assessment } from './risk/assess.ts';
import { certaintyOfGrant, exposureOf } from './risk/exposure.ts';

/** The report of an audit, as docs/json.md describes it. */
export function reportOf(result: AuditResult, ok: boolean): AuditReport {
  const { assessment, gated, options } = result;
  const { estate } = assessment;
  const roles = [...assessment.roles.values()].map(roleNode).sort(byRisk);
  const { sources, grants } = grantsOf(assessment);
  const findings = findingsOf(result);
  const open = findings.filter(({ status }) => status === 'open');
  const of = (severity: AuditFinding['severity']) =>
    open.filter((one) => one.severity === severity).length;
  const accounts = accountsOf(estate);
  return {
    version: 1,
    ok,
    inputs: estate.inputs,
    date: options.today,
    totals: {
      accounts: accounts.length,
      roles: accounts.reduce((sum, one) => sum + one.roles, 0),
      gitlabRoles: assessment.gitlab.length,
      sources: sources.length,
      chains: assessment.chains.length,
      errors: of('error'),
      warnings: of('warning'),
      undetermined: of('undetermined'),
    },
    accounts,
    visits: estate.visits.map(visitNode),
    providers: estate.providers
      .map((one) => providerNode(one, assessment))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    sources,
    roles,
    grants,
    chains: assessment.chains.map((one) => chainPath(one, assessment)),
    findings,
    fixed: gated.fixed.map(({ rule, account, role, place }) => ({ rule, account, role, place })),
    suppressions: {
      expired: gated.expired.map(suppressionNote),
      unused: gated.unused.map(suppressionNote),
    },
    undetermined: [
      ...undeterminedOf(assessment),
      ...(options.gitlab?.unanswered ?? []).map((text) => ({ text })),
    ],
    unreadable: estate.unreadable.map(({ place, what, fix }) => ({
      place: placeView(place),
      what,
      fix,
    })),
  };
}

function byRisk(a: RoleNode, b: RoleNode): number {
  return b.risk - a.risk || b.power - a.power || (a.id < b.id ? -1 : 1);
}

/** The widest way into a role, its own or by chains. */
function exposureOfNode({ exposure, exposureByChains }: AssessedRole): ExposureLevel {
  return exposureByChains > exposure ? exposureByChains : exposure;
}

function roleNode(assessed: AssessedRole): RoleNode {
  const { role, possible } = assessed;
  const exposure = exposureOfNode(assessed);
  const { id, key, arn, powers, place, gaps, gitlab } = role;
  return {
    id,
    account: key.account,
    name: key.name,
    ...(arn !== undefined && { arn }),
    trustsGitlab: gitlab !== undefined,
    exposure,
    power: possible,
    risk: exposure * possible,
    powers,
    ...(gitlab?.lastUsed !== undefined && { lastUsed: gitlab.lastUsed }),
    place,
    undetermined: [...gaps, ...(gitlab?.undetermined ?? [])],
    ...(gitlab && gitlab.denied.length > 0 && { denied: gitlab.denied }),
  };
}

function grantsOf({ gitlab }: Assessment): {
  readonly sources: readonly SourceNode[];
  readonly grants: readonly GrantEdge[];
} {
  const sources = new Map<string, SourceNode>();
  const grants = gitlab.flatMap(({ role }) =>
    (role.gitlab?.grants ?? []).map((grant): GrantEdge => {
      const source = sourceOf(grant);
      sources.set(source.id, source);
      const { refs, exceptRefs, limits, audiences, subjectForm, subject } = grant;
      return {
        source: source.id,
        role: role.id,
        refs,
        exceptRefs,
        limits: limits.map(limitInWords),
        isProtected: isProtected(grant),
        audiences,
        subjectForm,
        witness: subject,
        certainty: certaintyOfGrant(grant),
        exposure: exposureOf(grant),
        text: grantInWords(grant),
      };
    }),
  );
  return { sources: [...sources.values()], grants };
}

function sourceOf({ provider, who }: GrantTerms): SourceNode {
  const issuer = issuerOfArn(provider) ?? provider;
  const { kind, path, ids, idPinned, exceptPaths } = who;
  const text = whoInWords(who);
  return {
    id: `${issuer}: ${text}`,
    issuer,
    kind,
    ids,
    idPinned,
    exceptPaths,
    text,
    ...(path !== undefined && { path }),
  };
}

function accountsOf(estate: AuditedEstate): AccountNode[] {
  const gitlab = new Map<string, number>();
  for (const { key, gitlab: trust } of estate.roles)
    if (trust) gitlab.set(key.account, (gitlab.get(key.account) ?? 0) + 1);
  return [...estate.roleCounts]
    .map(([id, roles]) => ({
      id,
      ...nameOf(estate.accountNames.get(id)),
      roles,
      gitlabRoles: gitlab.get(id) ?? 0,
      listsProviders: estate.listed.has(id),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function nameOf(name = ''): Pick<AccountNode, 'name'> {
  return name === '' ? {} : { name };
}

function visitNode({ found, account, name, status, what }: AccountVisit): VisitNode {
  return {
    account,
    ...nameOf(name),
    status,
    ...(found && { read: found.read }),
    ...(what !== undefined && { what }),
  };
}

function providerNode(provider: EstateProvider, { usersOf }: Assessment): ProviderNode {
  const { id, owner, issuer, clientIds, thumbprints, place } = provider;
  return {
    id,
    account: owner,
    issuer,
    ...(clientIds && { clientIds }),
    ...(thumbprints && { thumbprints }),
    roles: usersOf(provider).map(({ id }) => id),
    place: placeView(place),
  };
}

function chainPath({ roles, by, value }: RoleChain, assessment: Assessment): ChainPath {
  const ids = roles.map(({ id }) => id);
  const end = roles.at(-1);
  const leads = end === undefined ? NO : (assessment.roles.get(end)?.leads ?? NO);
  const certainty = certaintyOf(value) ?? 'undetermined';
  return {
    roles: ids,
    by,
    certainty,
    crossesAccounts: new Set(roles.map(({ arn }) => accountOf(arn))).size > 1,
    toAdministrator: leads !== NO,
    text: `${chainText(ids, by)}${certainty === 'allowed' ? '' : certainty === 'conditional' ? ', under a condition' : ', which cannot be determined'}`,
  };
}

const ORDER = ['error', 'undetermined', 'warning'];

function findingsOf({ gated, assessment }: AuditResult): AuditFinding[] {
  const risks = new Map(
    [...assessment.roles.values()].map((one) => [one.role.id, exposureOfNode(one) * one.possible]),
  );
  return gated.roles
    .flatMap(({ key, place: ofRole, findings }) =>
      findings.map((one): AuditFinding => {
        const { id, name, severity, path, message, fix, status, place = ofRole } = one;
        return {
          id,
          name,
          severity,
          on: idOfRole(key),
          path,
          message,
          fix,
          status,
          place: placeView(place),
          ...(one.status === 'suppressed' && {
            reason: one.reason,
            ...(one.expires !== undefined && { expires: one.expires }),
          }),
        };
      }),
    )
    .sort(
      (a, b) =>
        (risks.get(b.on) ?? 0) - (risks.get(a.on) ?? 0) ||
        (a.on === b.on ? 0 : a.on < b.on ? -1 : 1) ||
        ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) ||
        Number(b.id.startsWith('AUD')) - Number(a.id.startsWith('AUD')),
    );
}

function suppressionNote({
  rule,
  role,
  reason,
  expires,
}: {
  readonly rule: string;
  readonly role: string;
  readonly reason: string;
  readonly expires: string;
}) {
  return { rule, role, reason, expires };
}

function undeterminedOf({ estate, gitlab, cut }: Assessment): OpenQuestion[] {
  const unknownUse = gitlab.filter(({ role }) => role.gitlab?.lastUsed === undefined).length;
  const unlisted = accountsOf(estate).filter((one) => !one.listsProviders);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  return [
    ...estate.notes.map((text) => ({ text: text.replace(/\.$/, '') })),
    ...(unknownUse > 0
      ? [
          {
            text: `The input does not say when ${
              unknownUse === 1
                ? '1 role that trusts a GitLab was'
                : `${unknownUse} roles that trust a GitLab were`
            } last used`,
          },
        ]
      : []),
    ...(unlisted.length > 0
      ? [
          {
            text: `The OIDC providers of ${count(unlisted.length, 'account')} are not listed in the input: roles without a provider cannot be found there`,
          },
        ]
      : []),
    ...cut.map(({ id }) => ({
      on: id,
      text: `Chains are followed for ${MOST_STEPS} steps and to ${MOST_ENDS} roles; there are more`,
    })),
  ];
}
