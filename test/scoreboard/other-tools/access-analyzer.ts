import type { Statement } from '../policies.ts';
import { listOf } from '../policies.ts';
import {
  actionsOf,
  allows,
  conditionsOf,
  isAdministrator,
  oidcHosts,
  type OtherTool,
  permissionsOf,
  principalsOf,
  statementsOf,
} from './tool.ts';

/** The keys of gitlab.com that IAM documents; all are texts. */
const GITLAB_COM_KEY =
  /^gitlab\.com:(sub|aud|namespace_id|project_id|ref_protected|pipeline_source|runner_environment|user_\w+)$/i;

/** The operators of IAM's grammar. */
const OPERATOR =
  /^(ForAnyValue:|ForAllValues:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?(Equals|(Less|Greater)Than(Equals)?)|Date(Not)?(Equals|(Less|Greater)Than(Equals)?)|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/;

/**
 * The checks of its policy validation that a trust policy can fail. Where the page does not say enough to decide one, it is
 * counted as that.
 */
export const accessAnalyzer: OtherTool = {
  name: 'Access Analyzer',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html, as stored in a public copy of 247,255 characters that has the checks of 2026',
  ],
  scope: 'the form of a document; of conditions, what holds for any provider',
  rules: [
    trust('MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL', 'open', (one) => {
      const hosts = oidcHosts(one).map((host) => `${host}:`.toLowerCase());
      return (
        hosts.length > 0 &&
        !conditionsOf(one).some(({ key }) =>
          hosts.some((host) => key.toLowerCase().startsWith(host)),
        )
      );
    }),
    trust('FORALLVALUES_WITH_SINGLE_VALUED_KEY', 'open', (one) =>
      conditionsOf(one).some(({ operator }) => operator.startsWith('ForAllValues:')),
    ),
    trust('FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE', 'open', (one) =>
      conditionsOf(one).some(
        ({ operator, key }) => operator.startsWith('ForAnyValue:') && key.endsWith(':aud'),
      ),
    ),
    trust('WILDCARD_WITHOUT_LIKE_OPERATOR', 'dead', (one) =>
      conditionsOf(one).some(
        ({ operator, values }) =>
          operator.includes('StringEquals') && values.some((value) => /[*?]/.test(value)),
      ),
    ),
    trust('EMPTY_ARRAY_CONDITION', 'dead', (one) =>
      conditionsOf(one).some(({ values }) => values.length === 0),
    ),
    trust('TYPE_MISMATCH', 'dead', (one) =>
      conditionsOf(one).some(
        ({ operator, key }) => GITLAB_COM_KEY.test(key) && !/String|^Null$/.test(operator),
      ),
    ),
    trust('TYPE_MISMATCH_NUMBER', 'dead', (one) =>
      conditionsOf(one).some(
        ({ operator, values }) =>
          operator.startsWith('Numeric') && values.some((value) => Number.isNaN(Number(value))),
      ),
    ),
    trust('MISMATCHED_ACTION_FOR_PRINCIPAL', 'dead', (one) =>
      actionsOf(one).some(
        (action) =>
          (action === 'sts:AssumeRole' && oidcHosts(one).length > 0) ||
          (action === 'sts:AssumeRoleWithWebIdentity' && principalsOf(one, 'AWS').length > 0),
      ),
    ),
    trust('ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL', 'dead', (one) => 'NotPrincipal' in one),
    trust(
      'ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL',
      'open',
      ({ Principal }) => Principal === '*',
    ),
    trust('UNSUPPORTED_SID', 'dead', ({ Sid = '' }) => /[^a-z0-9]/i.test(Sid)),
    trust('INVALID_CONDITION_OPERATOR', 'dead', (one) =>
      conditionsOf(one).some(({ operator }) => !OPERATOR.test(operator)),
    ),
    trust('DUPLICATE_KEYS_WITH_DIFFERENT_CASE', 'dead', ({ Condition = {} }) =>
      Object.values(Condition).some((keys) => {
        const names = Object.keys(keys).map((key) => key.toLowerCase());
        return new Set(names).size < names.length;
      }),
    ),
    trust('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', 'dead', (one) =>
      principalsOf(one, 'Federated').some((arn) => /[*?]/.test(arn)),
    ),
    trust('UNSUPPORTED_ACTION_IN_POLICY', 'dead', (one) =>
      actionsOf(one).some((action) => !/^(sts:|\*$)/i.test(action)),
    ),
    {
      id: 'UNIQUE_SIDS_REQUIRED',
      says: 'dead',
      when: ({ trust: document }) => {
        const sids = statementsOf(document).flatMap(({ Sid }) => Sid ?? []);
        return new Set(sids).size < sids.length;
      },
    },
    {
      id: 'INVALID_EFFECT',
      says: 'dead',
      when: ({ trust: document }) =>
        statementsOf(document).some(({ Effect }) => !/^(Allow|Deny)$/.test(Effect)),
    },
    {
      id: 'INVALID_VERSION',
      says: 'dead',
      when: ({ trust: { Version = '2012-10-17' } }) => !/^(2012-10-17|2008-10-17)$/.test(Version),
    },
    {
      id: 'MISSING_STATEMENT',
      says: 'dead',
      when: ({ trust: document }) => statementsOf(document).length === 0,
    },
    {
      id: 'MISSING_VERSION',
      says: 'style',
      when: ({ trust: { Version } }) => Version === undefined,
    },
    {
      id: 'PASS_ROLE_WITH_STAR_IN_RESOURCE',
      says: 'open',
      when: (policy) =>
        isAdministrator(policy) ||
        permissionsOf(policy).some(
          (one) => actionsOf(one).includes('iam:PassRole') && listOf(one.Resource).includes('*'),
        ),
    },
    // Which keys are sensitive is not on the page.
    trust('WILDCARD_USAGE_TOO_PERMISSIVE', 'cannot say', (one) =>
      conditionsOf(one).some(
        ({ operator, values }) =>
          operator.includes('Like') && values.some((value) => /^[^*?]{0,5}[*?]/.test(value)),
      ),
    ),
    // Which message is for a trust policy with one of these is not in what was read.
    trust(
      'ROLE_TRUST_POLICY_SYNTAX_ERROR',
      'cannot say',
      ({ Resource, Principal }) =>
        Resource !== undefined ||
        (typeof Principal === 'object' && Object.values(Principal).some((one) => one.length === 0)),
    ),
    // Whether these are held against the form of keys and ARNs, or against trust policies, is not on the page.
    trust('INVALID_CONDITION_KEY_FORMAT', 'cannot say', (one) =>
      conditionsOf(one).some(({ key }) => /:\/\/|\/:/.test(key)),
    ),
    trust('INVALID_SERVICE_CONDITION_KEY', 'cannot say', (one) =>
      conditionsOf(one).some(({ key }) => /^gitlab\.com:/i.test(key) && !GITLAB_COM_KEY.test(key)),
    ),
    trust('INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY', 'cannot say', (one) =>
      oidcHosts(one).some((host) => /^https?:|:\d/.test(host)),
    ),
    trust(
      'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
      'cannot say',
      (one) => principalsOf(one, 'Service').length > 0,
    ),
    trust('UNTRUSTWORTHY_CONDITION_KEY', 'cannot say', (one) =>
      conditionsOf(one).some(({ key }) => key === 'sts:RoleSessionName'),
    ),
  ],
};

/** A rule that one Allow statement of the trust policy is enough to break. */
function trust(
  id: string,
  says: OtherTool['rules'][number]['says'],
  breaks: (statement: Statement) => boolean,
): OtherTool['rules'][number] {
  return { id, says, when: (policy) => allows(policy.trust).some(breaks) };
}
