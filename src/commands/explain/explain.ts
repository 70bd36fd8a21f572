import { accessOf } from '../../access/access-of.ts';
import { accountOf, isInAccount } from '../../access/account.ts';
import type { RoleContext } from '../../access/role-context.ts';
import { deniedByControls } from '../../access/denied-by-controls.ts';
import { expiredConditions, expiredInWords } from '../../access/moment.ts';
import { gitlabIssuers } from '../../access/gitlab-issuers.ts';
import { located } from '../../access/located.ts';
import { trustOf } from '../../access/trust.ts';
import { asksSomething, refuseContradictions, tokenClaims } from '../../doctor/facts/question.ts';
import type { QuestionFlags } from '../../doctor/facts/question-flags.ts';
import { issuerPrefix, normalizeUrl } from '../../gitlab/instance-url.ts';
import { readRoleInputs, withPipeline } from '../../repository/policy-inputs.ts';
import { printNotes } from '../../terminal/notes.ts';
import { printTo } from '../../terminal/output.ts';
import { fixOfUnknown } from '../../text/known-names.ts';
import { ProblemError } from '../../text/problem.ts';
import { answerText } from './answer-text.ts';
import type { RoleAnswer, RoleTable } from './answers.ts';
import { accessTable } from './formats.ts';
import { claimsText } from './claims-text.ts';
import { startOf } from '../today.ts';
import { answerOf, type Asking } from './question.ts';

export interface ExplainOptions {
  readonly inputs: readonly string[];
  readonly format: string;
  readonly flags: QuestionFlags;
  /** Whether to show a token for each grant. */
  readonly claims: boolean;
  /** Address of the token's issuer, which is a GitLab. */
  readonly issuer: string | undefined;
  /** Only this role. */
  readonly role: string | undefined;
  /** Only the roles of this account, by its name or ID. */
  readonly account: string | undefined;
  /** `2027-01-31` */
  readonly today: string;
}

/** Some role answers that it depends on the request, and none allows the job. */
const UNDETERMINED = 4;

/**
 * Says who may assume what, or whether one job may.
 *
 * @returns the exit code: 0; or 1 when the job is denied or an item could not be read, and 4 when it cannot be determined
 * @throws {ProblemError} for an input or flags that will not do
 */
export async function runExplain(options: ExplainOptions): Promise<number> {
  const { inputs, format, flags } = options;
  refuseContradictions(flags);
  if (options.claims) refuseClaims(options);
  const read = withPipeline(await readRoleInputs(inputs));
  printNotes(read.notes);
  const { unreadable } = read.inventory;
  const roles = rolesNamed(inAccount(read.inventory.roles, options.account), options.role);
  const issuer = options.issuer === undefined ? undefined : issuerOf(options.issuer);
  const isGitlab = gitlabIssuers(
    read.inventory.roles.map(({ trust }) => trust),
    [...(read.facts.issuers ?? []), ...(issuer === undefined ? [] : [issuer])],
  );
  const since = startOf(options.today);
  if (!asksSomething(flags)) {
    const tables = roles.map((role): RoleTable => {
      const trust = trustOf(role);
      const { grants, undetermined } = accessOf(trust, isGitlab, {}, since);
      return {
        role: role.label,
        key: role.key,
        grants,
        undetermined: undetermined.map((one) => located(one, trust)),
        denied: deniedByControls(trust, isGitlab, since),
        expired: expiredConditions(role.trust, since).map(
          (one) => `${expiredInWords(one)}, as of ${options.today}`,
        ),
      };
    });
    const exitCode = unreadable.length > 0 ? 1 : 0;
    const claims = options.claims && format === 'text' ? claimsText(tables, inputs) : '';
    printTo('stdout', accessTable(format, tables, unreadable, exitCode === 0) + claims);
    return exitCode;
  }
  const token = await tokenClaims(flags);
  const asking: Asking = { flags, blueprint: read.blueprint, token, issuer, isGitlab, since };
  const answered = roles.map((role) => answerOf(role, asking));
  const answers = answered.map(({ answer }) => answer);
  const asked = {
    assumed: [...new Set(answered.flatMap(({ assumed }) => assumed))],
    given: answered.find(({ answer }) => answer.answer.decision !== 'skipped')?.given ?? {},
  };
  const exitCode = unreadable.length > 0 ? 1 : exitCodeOf(answers);
  printTo('stdout', answerText(format, answers, asked, unreadable, exitCode === 0));
  return exitCode;
}

/** JSON has the tokens in any case. @throws {ProblemError} where no tokens can be shown */
function refuseClaims({ flags, format }: ExplainOptions): void {
  if (asksSomething(flags))
    throw new ProblemError([
      {
        where: '--claims',
        what: 'it shows tokens that are allowed, and the other flags ask about one job',
        fix: 'Leave out --claims, or the flags that describe the job',
      },
    ]);
  if (format === 'text' || format === 'json') return;
  throw new ProblemError([
    {
      where: '--claims',
      what: `the format ${format} has no place for tokens`,
      fix: 'Use --format text or json',
    },
  ]);
}

function exitCodeOf(answers: readonly RoleAnswer[]): number {
  const has = (decision: RoleAnswer['answer']['decision']) =>
    answers.some(({ answer }) => answer.decision === decision);
  if (has('allowed')) return 0;
  return has('undetermined') ? UNDETERMINED : 1;
}

function rolesNamed(roles: readonly RoleContext[], asked: string | undefined) {
  if (asked === undefined) return roles;
  const found = roles.filter(({ label, name }) => label === asked || name === asked);
  if (found.length > 0) return found;
  const known = [...new Set(roles.map(({ name, label }) => name ?? label))];
  throw new ProblemError([
    { where: '--role', what: `there is no role ${asked}`, fix: fixOfUnknown(asked, known) },
  ]);
}

/** @throws {ProblemError} where no role is in the account */
function inAccount(roles: readonly RoleContext[], account: string | undefined) {
  if (account === undefined) return roles;
  const found = roles.filter(({ key }) => isInAccount(key, account));
  if (found.length > 0) return found;
  const known = [...new Set(roles.map(({ key }) => accountOf(key)))];
  throw new ProblemError([
    {
      where: '--account',
      what: `there is no role in an account ${account}`,
      fix: fixOfUnknown(account, known),
    },
  ]);
}

function issuerOf(address: string): string {
  const result = normalizeUrl(address);
  if ('url' in result) return issuerPrefix(result.url);
  throw new ProblemError([{ where: '--issuer', ...result.flaw }]);
}
