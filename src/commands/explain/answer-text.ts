import type { Denial } from '../../access/job.ts';
import type { Given } from '../../access/tokens/request-dimensions.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { nameOfStatement } from '../../access/located.ts';
import { reasonInWords } from '../../access/words.ts';
import { deciders, type Explanation } from '../../explain/explain.ts';
import { noFormat } from '../../terminal/format-named.ts';
import { fitted, styled } from '../../terminal/output.ts';
import { visible } from '../../text/unprintable.ts';
import { unreadableText } from '../unreadable.ts';
import type { Asked, RoleAnswer } from './answers.ts';
import { onceForAccounts } from '../once-for-accounts.ts';
import { reportedRole } from './formats.ts';
import { answersJson } from './json.ts';

/** What the roles say to a question. */
export function answerText(
  format: string,
  answers: readonly RoleAnswer[],
  asked: Asked,
  unreadable: readonly UnreadableItem[],
  ok: boolean,
): string {
  if (format === 'json') return answersJson(answers, asked, unreadable, ok);
  if (format !== 'text') throw noFormat(format, 'Use text or json for a question about a job');
  const { assumed } = asked;
  const once = onceForAccounts(answers, reportedRole, (one) => ofRole({ ...one, role: '' }));
  const blocks = once.map(({ first, title }) => ofRole({ ...first, role: title }));
  const note = assumed.length > 0 ? `Assumed: ${assumed.map(visible).join(', ')}\n\n` : '';
  return fitted(note + [...blocks, ...unreadable.map(unreadableText)].join('\n'));
}

function ofRole({ role, answer, explanation }: RoleAnswer): string {
  const says = (color: 'green' | 'yellow' | 'red', word: string, rest = '') =>
    `${visible(role)}: ${styled('stdout', color, word)}${rest}\n`;
  switch (answer.decision) {
    case 'allowed': {
      const by = explanation ? deciders(explanation).join(', ') : '';
      return says('green', 'allowed', by && ` by ${by}`);
    }
    case 'denied':
      return says('red', 'denied') + denial(answer.because, explanation);
    case 'skipped':
      return says(
        'yellow',
        'skipped',
        `: not a GitLab trust (${answer.issuers.map(visible).join(', ') || 'no OIDC provider'})`,
      );
    case 'undetermined':
      return 'reasons' in answer
        ? says('yellow', 'undetermined') +
            answer.reasons.map((one) => `  ${visible(reasonInWords(one))}\n`).join('')
        : says('yellow', 'undetermined', `: it depends on ${answer.keys.join(', ')}`) +
            askedBy(answer.keys, explanation) +
            `  allowed if  ${request(answer.allowedWith)}\n` +
            `  denied if   ${request(answer.deniedWith)}\n` +
            `  fix         Give what the request has, such as --claim ${answer.keys[0] ?? ''}=VALUE\n`;
  }
}

/** The statements that ask for what is not known. */
function askedBy(keys: readonly string[], explanation: Explanation | undefined): string {
  const wanted = new Set(keys.map((key) => key.toLowerCase()));
  const asking = (explanation?.statements ?? []).filter(({ checks }) =>
    checks.some((one) => one.kind === 'condition' && wanted.has(one.key.toLowerCase())),
  );
  return asking.length > 0
    ? `  asked by    ${visible(asking.map(nameOfStatement).join(', '))}\n`
    : '';
}

function request(given: Given): string {
  const keys = Object.entries(given).map(([key, value]) => `${key} is ${value}`);
  return visible(keys.join(', ') || 'the request has none of these keys');
}

function denial(because: Denial, explanation: Explanation | undefined): string {
  switch (because.kind) {
    case 'issuer':
      return `  issuer\n    expected  ${visible(because.trusted.join(' or ') || 'no issuer')}\n    actual    ${visible(because.token || 'nothing')}\n    hint      AWS accepts only tokens whose iss is the provider that the role trusts\n`;
    case 'audience':
      return `  audience of the provider\n    expected  ${visible(because.accepted.join(' or '))}\n    actual    ${visible(because.token || 'nothing')}\n    hint      Add the audience to the provider's client IDs, or change aud of the job's id_tokens\n`;
    case 'policy':
      return explanation ? statements(explanation) : '';
  }
}

function statements(explanation: Explanation): string {
  if (explanation.cause === 'explicit-deny') {
    return deciders(explanation)
      .map((one) => `  ${visible(one)} denies it\n`)
      .join('');
  }
  const allowing = explanation.statements.filter(({ document }) => document === undefined);
  const lines = allowing.flatMap(({ path, failure }) => {
    if (!failure) return [];
    const { check, text } = failure;
    const what = check.kind === 'condition' ? `${check.operator} ${check.key}` : check.kind;
    return [
      `  ${path}: ${visible(what)}\n`,
      `    expected  ${visible(check.expected.join(' or '))}\n`,
      `    actual    ${visible(check.actual.join(' and ') || 'nothing')}\n`,
      `    hint      ${visible(text)}\n`,
    ];
  });
  return lines.join('');
}
