import type { Grant } from '../../access/grant.ts';
import type { Reason } from '../../access/questions.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { grantInWords, reasonInWords } from '../../access/words.ts';
import { jsonText } from '../../text/json-text.ts';
import type { Asked, RoleAnswer, RoleTable } from './answers.ts';

/** The table as docs/json.md describes it. */
export function tableJson(
  tables: readonly RoleTable[],
  unreadable: readonly UnreadableItem[],
  ok: boolean,
): string {
  const roles = tables.map(({ role, key, grants, undetermined, denied = [] }) => ({
    role,
    account: key.account,
    grants: grants.map(grantView),
    denied: denied.map(({ statement: { document, path, sid }, witness: { claims, request } }) => ({
      document,
      path,
      sid,
      witness: { claims, request },
    })),
    undetermined: undetermined.map(reasonView),
  }));
  return `${jsonText({ ok, roles, unreadable: unreadable.map(unreadableView) })}\n`;
}

/** The answers to a question as docs/json.md describes them. */
export function answersJson(
  answers: readonly RoleAnswer[],
  { assumed, given }: Asked,
  unreadable: readonly UnreadableItem[],
  ok: boolean,
): string {
  const roles = answers.map(({ role, key, answer, explanation }) => ({
    role,
    account: key.account,
    ...answer,
    ...('reasons' in answer && { reasons: answer.reasons.map(reasonView) }),
    statements: explanation?.statements.map(
      ({ index, path, document, effect, applies, failure }) => ({
        index,
        path,
        document,
        effect,
        applies,
        ...(failure && {
          failure: {
            at: failure.check.path,
            expected: failure.check.expected,
            actual: failure.check.actual,
            hint: failure.hint,
            text: failure.text,
          },
        }),
      }),
    ),
  }));
  return `${jsonText({ ok, assumed, given, roles, unreadable: unreadable.map(unreadableView) })}\n`;
}

function grantView(grant: Grant) {
  const { provider, who, refs, exceptRefs, limits, audiences, subjectForm, statement } = grant;
  const { claims, request } = grant.witness;
  return {
    text: grantInWords(grant),
    provider,
    who,
    refs,
    exceptRefs,
    limits,
    audiences,
    subjectForm,
    statement,
    witness: { claims, request },
  };
}

function reasonView(reason: Reason) {
  return { ...reason, text: reasonInWords(reason) };
}

function unreadableView({ place: { file, path, line }, what, fix }: UnreadableItem) {
  return { place: { file, path, line }, what, fix };
}
