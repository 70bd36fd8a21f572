import { AccountText, type AccountValue } from '../../blueprint/accounts/account-text.ts';
import type { PolicyValue } from '../../iam/policy.ts';
import { hcl } from '../escape/hcl.ts';
import { typescript } from '../escape/typescript.ts';
import { Expression, type Printable } from '../expression.ts';

/** What stands for an account's value in the shared module, and in the stack class. */
const NAMES: Readonly<Record<AccountValue, { readonly hcl: string; readonly ts: string }>> = {
  partition: { hcl: 'var.partition', ts: 'account.partition' },
  region: { hcl: 'var.region', ts: 'account.region' },
  accountId: { hcl: 'var.account_id', ts: 'accountId' },
};

/** A document in which texts with values of the account are expressions of each language. */
export function accountTexts(document: PolicyValue<AccountText>): Printable {
  if (document === null || typeof document !== 'object') return document;
  if (document instanceof AccountText) return expressionOf(document);
  if (isList(document)) return document.map(accountTexts);
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, accountTexts(value)]),
  );
}

function expressionOf({ parts }: AccountText): Expression {
  const [only, ...others] = parts;
  if (only !== undefined && typeof only !== 'string' && others.length === 0) {
    const { hcl: inHcl, ts } = NAMES[only.value];
    return new Expression(inHcl, ts);
  }
  const write = (text: (literal: string) => string, value: (name: AccountValue) => string) =>
    parts.map((part) => (typeof part === 'string' ? text(part) : value(part.value))).join('');
  return new Expression(
    `"${write(
      (literal) => hcl(literal).slice(1, -1),
      (name) => `\${${NAMES[name].hcl}}`,
    )}"`,
    `\`${write(
      (literal) => insideTemplate(literal),
      (name) => `\${${NAMES[name].ts}}`,
    )}\``,
  );
}

/** A text inside a template literal of TypeScript: that of a quoted one, with its own marks escaped. */
function insideTemplate(literal: string): string {
  const text = typescript(literal);
  const inner = text.slice(1, -1).replaceAll('\\"', '"').replaceAll("\\'", "'");
  return inner.replaceAll('`', '\\`').replaceAll('${', '\\${');
}

function isList<Ref>(value: PolicyValue<Ref>): value is readonly PolicyValue<Ref>[] {
  return Array.isArray(value);
}
