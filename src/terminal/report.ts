import { jsonText } from '../text/json-text.ts';
import { visible } from '../text/unprintable.ts';
import { fitted, printTo, styled } from './output.ts';
import { ProblemError, type Problem } from '../text/problem.ts';

/** Prints what went wrong, for a person or, with `json`, for a program. */
export function report(error: unknown, { json, debug }: { json: boolean; debug: boolean }): void {
  const problems =
    error instanceof ProblemError
      ? error.problems.map(({ where, what, fix }) => ({ where, what, fix }))
      : [
          {
            where: 'create-gitlab-aws-oidc',
            what: `this should not have happened: ${error instanceof Error ? error.message : String(error)}`,
            fix: 'Run it again with --debug and report what it prints',
          },
        ];
  if (json) printTo('stdout', `${jsonText({ ok: false, problems })}\n`);
  printTo('stderr', fitted(problemsText(problems), 'stderr'));
  if (debug && error instanceof Error) printTo('stderr', `\n${error.stack ?? ''}\n`);
}

/** So many fit on one screen. */
const SHOWN = 4;

/** What a person reads of problems, on one screen. */
export function problemsText(problems: readonly Problem[]): string {
  const red = (text: string) => styled('stderr', 'red', text);
  const text = problems
    .slice(0, SHOWN)
    .map(
      ({ where, what, fix }) =>
        `${red('error')} ${visible(where)}\n  ${sentence(what)}\n  ${sentence(fix)}\n`,
    );
  if (problems.length > SHOWN) text.push(`and ${problems.length - SHOWN} more\n`);
  return text.join('\n');
}

/** Names, such as a host or a key, keep their letters where they come first. */
function sentence(text: string): string {
  const first = /^\p{Ll}+(?=[ ,]|$)/u.test(text) ? text.charAt(0).toUpperCase() : text.charAt(0);
  const whole = visible(first + text.slice(1));
  return /[.?!]$/.test(whole) ? whole : `${whole}.`;
}
