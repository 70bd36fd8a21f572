import { placeText } from '../../access/place.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { reasonInWords } from '../../access/words.ts';
import type { Comparison, RoleDifference } from '../../compare/compare-inventories.ts';
import type { Effect } from '../../compare/effects.ts';
import {
  effectInWords,
  factInWords,
  headlines,
  providerInWords,
  witnessArguments,
} from '../../compare/words.ts';
import { ANY_ACCOUNT } from '../../iam/arn.ts';
import { code, markdown } from '../../render/escape/markdown.ts';
import { formatNamed } from '../../terminal/format-named.ts';
import { fitted, styled } from '../../terminal/output.ts';
import { pastedWord } from '../../text/shell-word.ts';
import { visible } from '../../text/unprintable.ts';
import { json } from './json.ts';
import { onceForAccounts } from '../once-for-accounts.ts';
import type { ComparisonResult } from './result.ts';

type ComparisonWriter = (result: ComparisonResult) => string;

const FORMATS: Readonly<Record<string, ComparisonWriter>> = { text, json, markdown: note };

/** @throws {ProblemError} for a format there is not */
export function comparisonReport(format: string, result: ComparisonResult): string {
  return formatNamed(FORMATS, format)(result);
}

type Sign = '+' | '-' | '~' | '?';

interface ComparisonLine {
  readonly sign: Sign;
  readonly text: string;
  /** What checks it, for a shell: the input that allows the token, then the one that denies it. */
  readonly checks?: readonly string[];
}

const COLORS = { '+': 'green', '-': 'red', '~': 'yellow', '?': 'yellow' } as const;
const EFFECTS: Readonly<Record<Effect['kind'], Sign>> = {
  gains: '+',
  looser: '+',
  loses: '-',
  stricter: '-',
};
const FACTS = { gained: '+', lost: '-', changed: '~' } as const;

/** The account of a role, where the inputs have others with its name. */
function accountArguments({ key }: RoleDifference, { roles }: Comparison): string[] {
  const isAmbiguous = roles.some(
    (other) => other.key.name === key.name && other.key.account !== key.account,
  );
  return isAmbiguous && key.account !== ANY_ACCOUNT ? ['--account', key.account] : [];
}

function linesOfRole(
  role: RoleDifference,
  { before, after, comparison }: ComparisonResult,
): ComparisonLine[] {
  return [
    ...(role.change === 'added' ? [{ sign: '+', text: 'the role is new' } as const] : []),
    ...(role.change === 'removed' ? [{ sign: '-', text: 'the role is gone' } as const] : []),
    ...role.effects.map((effect): ComparisonLine => {
      const sign = EFFECTS[effect.kind];
      const { before: had, after: has } = role.labels;
      const sides = [
        { input: before, label: had },
        { input: after, label: has },
      ];
      const checks = (sign === '+' ? sides.toReversed() : sides).flatMap(({ input, label }) => {
        if (label === undefined) return [];
        const words = ['explain', input, '--role', label, ...accountArguments(role, comparison)];
        return [`${words.map(pastedWord).join(' ')} ${witnessArguments(effect)}`];
      });
      return { sign, text: `${effect.kind}: ${effectInWords(effect)}`, checks };
    }),
    ...role.facts.map((fact): ComparisonLine => ({
      sign: FACTS[fact.direction],
      text: factInWords(fact),
    })),
    ...role.reasons.map((reason): ComparisonLine => ({ sign: '?', text: reasonInWords(reason) })),
  ];
}

function blocksOf(
  result: ComparisonResult,
): { readonly title: string; readonly lines: ComparisonLine[] }[] {
  const { roles, providers, unreadable } = result.comparison;
  const unread = [...unreadable.before, ...unreadable.after].map((item): ComparisonLine => ({
    sign: '?',
    text: unreadText(item),
  }));
  return [
    ...onceForAccounts(roles, reportedRole, (role) => contentOf(role, result)).map(
      ({ first, accounts, title: words }) => ({
        title: accounts === undefined || words === labelOf(first) ? title(first) : words,
        lines: linesOfRole(first, result),
      }),
    ),
    {
      title: 'Providers',
      lines: providers.map((one): ComparisonLine => ({ sign: '~', text: providerInWords(one) })),
    },
    { title: 'Not read', lines: unread },
  ].filter(({ lines }) => lines.length > 0);
}

function unreadText({ place, what, fix }: UnreadableItem): string {
  return `${placeText(place)}: ${what}. ${fix}`;
}

/** All that is reported of a role but the command that checks it, which names its account. */
function contentOf(role: RoleDifference, result: ComparisonResult): string {
  return JSON.stringify(linesOfRole(role, result).map(({ sign, text: words }) => [sign, words]));
}

function reportedRole(role: RoleDifference) {
  return { key: role.key, label: labelOf(role) };
}

function labelOf({ labels, key }: RoleDifference): string {
  return labels.after ?? labels.before ?? key.name;
}

function title(role: RoleDifference): string {
  const { key } = role;
  const label = labelOf(role);
  return key.account === ANY_ACCOUNT ? label : `${label} (account ${key.account})`;
}

function text(result: ComparisonResult): string {
  const blocks = blocksOf(result).map((block) => {
    const lines = block.lines.map(({ sign, text: words, checks = [] }) => {
      const checked = checks.map((check) => `    check: ${visible(check)}\n`).join('');
      return `${fitted(`  ${styled('stdout', COLORS[sign], sign)} ${visible(words)}`)}\n${checked}`;
    });
    return `${styled('stdout', 'bold', visible(block.title))}\n${lines.join('')}`;
  });
  const heads = headlines(result.comparison, result.totals).join('\n');
  return [`${fitted(heads)}\n`, ...blocks].join('\n');
}

function note(result: ComparisonResult): string {
  const blocks = blocksOf(result).map((block) => {
    const lines = block.lines.map(({ sign, text: words, checks = [] }) => {
      const checked = checks.map((check) => `  \n  Check: ${code(check, false)}`).join('');
      return `- ${code(sign, false)} ${markdown(words)}${checked}\n`;
    });
    return `**${markdown(block.title)}**\n\n${lines.join('')}`;
  });
  const answers = headlines(result.comparison, result.totals).map((one) => `${markdown(one)}\n`);
  return ['### Access\n', answers.join(''), ...blocks].join('\n');
}
