import { hash } from 'node:crypto';
import { deniedByControls, deniedInWords } from '../../access/denied-by-controls.ts';
import type { Grant } from '../../access/grant.ts';
import { located } from '../../access/located.ts';
import type { Place, RoleContext, RoleKey } from '../../access/role-context.ts';
import { otherAccount, trustOf } from '../../access/trust.ts';
import { reasonInWords } from '../../access/words.ts';
import { canonical } from '../../compare/canonical.ts';
import { GITLAB_COM, issuerOfArn } from '../../iam/condition-keys.ts';
import type { Statement, TrustPolicy } from '../../iam/evaluate/policy.ts';
import type { Estate as LintEstate } from '../../lint/estate.ts';
import { lint } from '../../lint/lint.ts';
import { type LintFacts, lintContextOf } from '../../lint/lint-context.ts';
import { placed } from '../../lint/placed.ts';
import type { Finding } from '../../lint/rule.ts';
import { assumeTrusts } from '../chains/trust.ts';
import type { OrganizationRules } from '../../access/reach/organization.ts';
import { type ForAction, forAction, policiesOf } from '../../access/reach/policies.ts';
import { reachOfRole, type RoleReach } from '../reach/powers.ts';
import { NO } from '../../access/reach/value.ts';
import { idOfRole, type PlaceView } from '../report.ts';
import type { EstateRole, GitlabTrust, KeptGrant } from './estate-role.ts';
import { unnamedAccount } from './scan.ts';
import type { SharedParts } from './shared.ts';

/** What is the same for all roles of an estate. */
export interface RoleReading {
  readonly lint: LintEstate;
  /** The SCPs and RCPs that hold for an account. */
  readonly organizationOf: (account: string) => OrganizationRules;
  readonly share: SharedParts;
  /** Whether another role may pass it to a service, so that what it may do counts. */
  readonly isPassed?: boolean;
}

/** A role that was read. */
export interface ReadRole {
  readonly key: RoleKey;
  readonly id: string;
  /** How many answers about it are not complete. */
  readonly gaps: number;
  /** What an audit keeps of it; `undefined` for most roles of most accounts: nothing that it looks for depends on them. */
  readonly kept: EstateRole | undefined;
}

/** Computes what an audit keeps of a role, so that its documents can be given up. Equal parts are kept once. */
export function readRole(
  read: RoleContext,
  { lint: estate, organizationOf, share, isPassed = false }: RoleReading,
): ReadRole {
  const organization = organizationOf(read.key.account);
  const { controls } = organization;
  const role =
    controls.length > 0 ? { ...read, controls: [...(read.controls ?? []), ...controls] } : read;
  const policies = policiesOf(role, organization);
  const facts = { estate, organization };
  const gitlab = trustsFederated(role.trust) ? gitlabTrust(role, facts, share) : undefined;
  const trust = assumeTrusts(role.trust);
  const isShown = gitlab !== undefined || trust.length > 0 || isPassed;
  const key =
    role.key.account === '*'
      ? { ...role.key, account: unnamedAccount(role.place.file) }
      : { account: share.part(role.key.account), name: role.key.name };
  const id = idOfRole(key);
  const reach = reachOfRole(role, policies, isShown);
  const gaps = reach.gaps.length;
  const isStrong = reach.administrator !== NO || reach.paths.length > 0;
  if (!isShown && !isStrong) return { key, id, gaps, kept: undefined };
  const { file, path, ...line } = placeView(role.trustPlace, gitlab !== undefined);
  return {
    key,
    id,
    gaps,
    // Its members are named one by one: of an object that is made by spreading another, each would have a layout of its own.
    kept: {
      key,
      id,
      arn: role.arn,
      place: { file, path: share.part(path), ...line },
      administrator: reach.administrator,
      powers: share.list(reach.powers.map((one) => share.power(one))),
      paths: share.list(reach.paths),
      gaps: share.list(reach.gaps),
      services: share.list(servicesOf(role.trust)),
      tags: role.tags && Object.keys(role.tags).length === 0 ? NO_TAGS : role.tags,
      assuming: isShown ? share.rules(forAction(policies, 'sts:AssumeRole')) : NOTHING,
      passing: passes(reach) ? share.rules(forAction(policies, 'iam:PassRole')) : undefined,
      trust: share.list(trust),
      providerArns: share.list(providersNamed(role)),
      gitlab,
    },
  };
}

function passes({ paths }: RoleReach): boolean {
  return paths.some(({ path }) => path.service !== undefined);
}

const NO_TAGS = {};

const NOTHING: ForAction = {
  allows: [],
  boundary: undefined,
  service: [],
  allowing: [],
  isByLevel: false,
  denies: [],
};

function gitlabTrust(
  role: RoleContext,
  facts: Required<Pick<LintFacts, 'estate' | 'organization'>>,
  share: SharedParts,
): GitlabTrust | undefined {
  const { findings, judged } = lint(role.trust, lintContextOf(role, facts));
  if (judged === 0) return undefined;
  const trust = trustOf(role);
  const { accessOf, isGitlab, since } = facts.estate;
  const { grants, undetermined } = accessOf(trust);
  return {
    grants: grants.map((one) => keptGrant(one, share)),
    undetermined: share.list(undetermined.map((one) => reasonInWords(located(one, trust)))),
    denied: share.list(deniedByControls(trust, isGitlab, since).map(deniedInWords)),
    findings: placed(findings, role).map(withoutText),
    likeness: likenessOf(role),
    isBeforeControls: role.trust.statements.some(isBeforeControls),
    lastUsed: role.lastUsed,
    created: role.created,
  };
}

function keptGrant(grant: Grant, share: SharedParts): KeptGrant {
  const { provider, who, statement, witness } = grant;
  return {
    provider: share.part(provider),
    who,
    statement,
    refs: share.part(grant.refs),
    exceptRefs: share.part(grant.exceptRefs),
    limits: share.part(grant.limits),
    audiences: share.part(grant.audiences),
    subjectForm: share.part(grant.subjectForm),
    subject: witness.claims['sub'] ?? '',
    isRead: witness.unread.length === 0,
  };
}

function withoutText(finding: Finding): Finding {
  return finding.place ? { ...finding, place: placeView(finding.place) } : finding;
}

/** A place that holds on to nothing of the text. */
export function placeView({ file, path, line }: Place, withLine = true): PlaceView {
  return { file, path, ...(withLine && line !== undefined && { line }) };
}

function trustsFederated({ statements }: TrustPolicy): boolean {
  return statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' &&
      (principal.negated ||
        principal.entries.some(({ type }) => type === 'Federated' || type === '*')),
  );
}

/** Those of other accounts mean nothing to the role. */
function providersNamed({ trust: { statements }, key }: RoleContext): string[] {
  const arns = statements.flatMap(({ effect, principal }) =>
    principal.entries.flatMap(({ type, value }) =>
      effect === 'Allow' &&
      type === 'Federated' &&
      issuerOfArn(value) !== undefined &&
      otherAccount(value, key.account) === undefined
        ? [value]
        : [],
    ),
  );
  return [...new Set(arns)];
}

export function servicesOf({ statements }: TrustPolicy): string[] {
  return statements.flatMap(({ effect, principal }) =>
    principal.entries.flatMap(({ type, value }) =>
      effect === 'Allow' && type === 'Service' ? [value] : [],
    ),
  );
}

const SCOPING = new Set(['StringEquals', 'StringLike', 'StringEqualsIgnoreCase']);

/** Accepts tokens of gitlab.com without asking for their `sub`, which AWS rejects in a new policy. */
function isBeforeControls({ effect, principal, conditions }: Statement): boolean {
  const trustsCom = principal.entries.some(
    ({ type, value }) => type === 'Federated' && issuerOfArn(value)?.toLowerCase() === GITLAB_COM,
  );
  const isScoped = conditions.some(
    ({ issuer, claim, operator }) =>
      issuer.toLowerCase() === GITLAB_COM &&
      claim === 'sub' &&
      // Whether AWS counts ForAnyValue and ForAllValues is not documented, so a policy with one is not called old.
      SCOPING.has(operator.base),
  );
  return effect === 'Allow' && trustsCom && !isScoped;
}

function likenessOf({ trust, policies, boundary }: RoleContext): string | undefined {
  if (policies === undefined) return undefined;
  const statements = trust.statements.map(({ effect, principal, action, conditions }) => ({
    effect,
    principal: [principal.negated, principal.entries.map(({ type, value }) => `${type} ${value}`)],
    action: [action.negated, action.patterns],
    conditions: conditions.map(({ operator, key, values }) => [
      `${operator.text} ${key}`,
      values.map(({ text }) => text),
    ]),
  }));
  const carried = policies.map(({ arn, document }) => document ?? arn);
  const text = canonical({ statements, carried, boundary: boundary?.arn });
  return hash('sha256', text);
}
