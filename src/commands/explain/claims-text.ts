import type { Grant } from '../../access/grant.ts';
import { grantInWords } from '../../access/words.ts';
import { witnessArguments } from '../../compare/words.ts';
import { styled } from '../../terminal/output.ts';
import { pastedWord } from '../../text/shell-word.ts';
import { visible } from '../../text/unprintable.ts';
import { onceForAccounts } from '../once-for-accounts.ts';
import type { RoleTable } from './answers.ts';
import { reportedRole } from './formats.ts';

/**
 * For each grant the claims of a whole token that the role accepts, and the command that checks it.
 *
 * @param inputs as the user named them
 */
export function claimsText(tables: readonly RoleTable[], inputs: readonly string[]): string {
  const once = onceForAccounts(tables, reportedRole, ({ grants }) =>
    JSON.stringify(
      grants.map((one) => [grantInWords(one), one.witness.claims, one.witness.request]),
    ),
  );
  const blocks = once.flatMap(({ first: { role, grants }, title }) =>
    grants.map((grant) => {
      const lines = [
        `${visible(title)}: ${visible(grantInWords(grant))}\n`,
        ...Object.entries(grant.witness.claims).map((claim) => pair(claim)),
        ...Object.entries(grant.witness.request).map((key) => pair(key, 'in the request: ')),
        ...checkOf(grant, role, inputs),
      ];
      return lines.join('');
    }),
  );
  if (blocks.length === 0) return '';
  return `\n${styled('stdout', 'bold', 'A token that is allowed, for each')}\n${blocks.join('')}`;
}

function pair([name, value]: readonly [string, string], kind = ''): string {
  return `    ${kind}${visible(name)}: ${visible(value)}\n`;
}

/** None where a condition that cannot be read decides: `explain` would not say that the token is allowed. */
function checkOf({ witness }: Grant, role: string, inputs: readonly string[]): string[] {
  if (witness.unread.length > 0) return [];
  const { iss, ...decisive } = witness.claims;
  const words = ['explain', ...inputs.map(pastedWord), '--role', pastedWord(role)];
  const text = `${words.join(' ')} ${witnessArguments({ witness, decisive })}`;
  return iss === undefined ? [] : [`    check: ${visible(text)}\n`];
}
