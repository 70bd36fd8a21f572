import { gitlabIssuers } from '../access/gitlab-issuers.ts';
import { covers } from '../access/questions.ts';
import { issuerOfUrl } from '../iam/condition-keys.ts';
import { type PolicyShape, shapeOfPolicy } from '../iam/evaluate/policy-shape.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { type Estate, estateOf } from './estate.ts';
import { type Examined, type ExaminedShape, examine, examineShape } from './examine.ts';
import { type Grading, grade } from './grade.ts';
import { type LintContext, sharedContext } from './lint-context.ts';
import type { Finding } from './rule.ts';
import { findingsAboutRole } from './role-rules.ts';
import { nobody } from './rules/nobody.ts';
import { openIssuer } from './rules/open-issuer.ts';
import { RULES } from './rules.ts';

export interface LintReport extends Grading {
  readonly findings: readonly Finding[];
  /** How many statements were checked; with none there is nothing to say. */
  readonly judged: number;
}

/** Holds what a trust policy allows against every rule. */
export function lint(policy: TrustPolicy, context: LintContext = {}): LintReport {
  const { findings, judged } = findingsOf(policy, context);
  return { findings, judged, ...grade(findings, judged) };
}

/** The same without a grade. */
export function findingsOf(
  policy: TrustPolicy,
  context: LintContext = {},
): Pick<LintReport, 'findings' | 'judged'> {
  const { trusting, found } = examined(policy, context);
  const ofRole = trusting.length === 0 ? [] : findingsAboutRole(policy, context);
  const explained = ofRole.length === 0 ? found : inOrder([...found, ...ofRole]);
  const findings = explained.filter((one) => one.id !== nobody.id || !isExplained(one, explained));
  const judged = trusting.length + findings.filter(({ id }) => id === openIssuer.id).length;
  return { findings, judged };
}

const RANKS = new Map(RULES.map(({ id }, rank) => [id, rank]));

/** By the rules' places in their list. */
function inOrder(found: readonly Finding[]): readonly Finding[] {
  const rankOf = ({ id }: Finding) => RANKS.get(id) ?? 0;
  return found.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** Whether another finding says why a statement accepts nobody. */
function isExplained({ path }: Finding, findings: readonly Finding[]): boolean {
  const [statement = ''] = path.split('.');
  return findings.some(
    (one) =>
      one.id !== nobody.id &&
      (one.harm === 'locks-out' || one.harm === 'rejected') &&
      one.path.split('.')[0] === statement,
  );
}

/** What was found of shapes, for each estate and for what the roles know of their provider. */
const known = new WeakMap<Estate, Map<PolicyShape, Map<string, ExaminedShape>>>();

function examined(policy: TrustPolicy, context: LintContext): Examined {
  const { denies, ...unlimited } = sharedContext(context);
  const { estate, issuers } = context;
  const isLimited = denies && covers({ policy, denies }, { policy }).holds !== 'yes';
  const shared = isLimited ? { ...unlimited, denies } : unlimited;
  // What an RCP takes from one policy, it need not take from another with other names.
  const shaped = estate && !isLimited && shapeOfPolicy(policy);
  if (!estate || !shaped) {
    const own = estate ?? estateOf(gitlabIssuers([policy], issuers?.map(issuerOfUrl)));
    return examine(policy, shared, own);
  }
  const { shape, names } = shaped;
  const ofEstate = at(known, estate, () => new Map<PolicyShape, Map<string, ExaminedShape>>());
  const ofShape = at(ofEstate, shape, () => new Map<string, ExaminedShape>());
  const sample = at(ofShape, JSON.stringify(shared), () => examineShape(shape, shared, estate));
  return { ...sample.examined, found: sample.foundOf(names, policy) };
}

/** What a map holds under a key; it is made where there is nothing yet. */
function at<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
