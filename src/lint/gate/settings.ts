import * as v from 'valibot';
import { shown, type Flaw } from '../../text/flaw.ts';
import { ProblemError } from '../../text/problem.ts';
import { type NamedRule, ruleNamed } from './rule-named.ts';
import { type Locate, shaped } from './shape.ts';

/** A finding that somebody accepts for some time. */
export interface Suppression {
  /** Where it stands, for reports. */
  readonly place: string;
  readonly rule: string;
  /** `account/name`, in which `*` stands for any text. */
  readonly role: string;
  readonly reason: string;
  /** The last day on which it holds, `2027-01-31`. */
  readonly expires: string;
}

/** What a severity can be set to. */
type SetSeverity = 'off' | 'warning' | 'error';

/** What a team decides about findings. */
export interface GateSettings {
  /** By the id of the rule. */
  readonly severity: ReadonlyMap<string, SetSeverity>;
  readonly suppressions: readonly Suppression[];
}

export const NO_SETTINGS: GateSettings = { severity: new Map(), suppressions: [] };

const Line = v.pipe(
  v.string('Write it as text, in quotes'),
  v.trim(),
  v.minLength(1, 'Write one line of text'),
  v.maxLength(500, 'Write at most 500 characters'),
);

const Schema = v.strictObject(
  {
    version: v.literal(1, 'Write version: 1'),
    severity: v.optional(
      v.record(
        v.string(),
        v.picklist(['off', 'warning', 'error'], 'Write off, warning or error'),
        'Write a line for each rule, such as OIDC109: warning',
      ),
    ),
    suppressions: v.optional(
      v.array(
        v.strictObject(
          {
            rule: Line,
            role: v.pipe(
              Line,
              v.regex(
                /^(\d{12}|\*)\/.+$/,
                'Write it as account/name, such as 123456789012/deploy, */deploy or */*',
              ),
            ),
            reason: Line,
            expires: v.pipe(
              v.string('Write a date such as "2027-01-31"'),
              v.isoDate('Write a date such as 2027-01-31'),
              v.check(isDay, 'Write a day that the calendar has'),
            ),
          },
          'Write rule, role, reason and expires',
        ),
        'Write a list',
      ),
    ),
  },
  'Begin it with version: 1',
);

/**
 * Reads what a settings file of `lint` holds.
 *
 * @throws {ProblemError} with everything that is wrong in it, each with its place
 */
export function readGateSettings(content: unknown, locate: Locate): GateSettings {
  const { severity = {}, suppressions = [] } = shaped(Schema, content, locate);
  const problems: (Flaw & { readonly where: string })[] = [];
  const ruleAt = (text: string, path: readonly (string | number)[]): NamedRule | undefined => {
    const named = ruleNamed(text);
    if ('rule' in named) return named.rule;
    problems.push({ where: locate(path), ...named.flaw });
    return undefined;
  };
  const severities = new Map<string, SetSeverity>();
  for (const [text, set] of Object.entries(severity)) {
    const rule = ruleAt(text, ['severity', text]);
    if (rule === undefined) continue;
    if (severities.has(rule.id))
      problems.push({
        where: locate(['severity', text]),
        what: `the severity of ${rule.id} is set twice, the second time as ${shown(text)}`,
        fix: 'Keep one of the two',
      });
    severities.set(rule.id, set);
  }
  const found = suppressions.flatMap((one, at): Suppression[] => {
    const rule = ruleAt(one.rule, ['suppressions', at, 'rule']);
    return rule ? [{ ...one, rule: rule.id, place: locate(['suppressions', at]) }] : [];
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return { severity: severities, suppressions: found };
}

/** JavaScript takes the 31st of June for the 1st of July. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
