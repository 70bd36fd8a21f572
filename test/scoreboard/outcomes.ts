import { accessAnalyzer } from './other-tools/access-analyzer.ts';
import { checkov } from './other-tools/checkov.ts';
import { kics } from './other-tools/kics.ts';
import { prowler } from './other-tools/prowler.ts';
import type { Opinion, OtherTool } from './other-tools/tool.ts';
import type { Due, Scored } from './policies.ts';
import { run } from './program.ts';

/**
 * `caught`: the tool reports that too much is allowed where it is, or that it does not work where it does not; `other`: it
 * reports something else there; `right`: it is silent on a policy that is fine.
 */
export const OUTCOMES = [
  'caught',
  'other',
  'missed',
  'right',
  'false alarm',
  'cannot say',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export const OTHER_TOOLS: readonly OtherTool[] = [kics, checkov, accessAnalyzer, prowler];

const WANTED: Readonly<Record<Due, 'open' | 'dead' | undefined>> = {
  dangerous: 'open',
  'too wide': 'open',
  'never works': 'dead',
  fine: undefined,
};

/** @param opinions of all rules that apply; advice on style counts neither way */
function outcomeOf(due: Due, opinions: readonly Opinion[]): Outcome {
  const reports = opinions.filter((one) => one === 'open' || one === 'dead');
  const isOpen = reports.length === 0 && opinions.includes('cannot say');
  const wanted = WANTED[due];
  if (wanted === undefined)
    return reports.length > 0 ? 'false alarm' : isOpen ? 'cannot say' : 'right';
  if (reports.includes(wanted)) return 'caught';
  if (reports.length > 0) return 'other';
  return isOpen ? 'cannot say' : 'missed';
}

const OPINION_OF_HARM = {
  'lets-in': 'open',
  weakens: 'open',
  'locks-out': 'dead',
  rejected: 'dead',
  unknown: 'cannot say',
  untidy: 'style',
} as const;

/** What this program's lint makes of a policy, by the same measure. */
export function outcomeOfProgram(policy: Scored): Outcome {
  const result = run(policy);
  const opinions =
    'unreadable' in result
      ? (['dead'] as const)
      : result.report.findings.map(({ harm }) => OPINION_OF_HARM[harm]);
  return outcomeOf(policy.verdict.due, opinions);
}

export function outcomeOfOther({ rules }: OtherTool, policy: Scored): Outcome {
  const broken = rules.filter(({ when }) => when(policy));
  return outcomeOf(
    policy.verdict.due,
    broken.map(({ says }) => says),
  );
}
