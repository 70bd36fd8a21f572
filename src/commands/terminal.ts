import { styleText } from 'node:util';
import { ProblemError, type Problem } from '../problem.ts';

type Style = Parameters<typeof styleText>[0];

/** Colours text where a person sees it and has not said NO_COLOR. @see https://no-color.org */
export function styled(stream: NodeJS.WriteStream, style: Style, text: string): string {
  return stream.isTTY && !process.env['NO_COLOR'] ? styleText(style, text) : text;
}

/** Prints what went wrong, for a person or, with `json`, for a program. */
export function report(error: unknown, { json, debug }: { json: boolean; debug: boolean }): void {
  const problems =
    error instanceof ProblemError
      ? error.problems
      : [
          {
            where: 'create-gitlab-aws-oidc',
            what: `this should not have happened: ${error instanceof Error ? error.message : String(error)}`,
            fix: 'Run it again with --debug and report what it prints',
          },
        ];
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, problems }, null, 2)}\n`);
  process.stderr.write(problemsText(problems));
  if (debug && error instanceof Error) process.stderr.write(`\n${error.stack ?? ''}\n`);
}

/** So many fit on one screen. */
const SHOWN = 4;

/** What a person reads of problems, on one screen. */
export function problemsText(problems: readonly Problem[]): string {
  const red = (text: string) => styled(process.stderr, 'red', text);
  const text = problems
    .slice(0, SHOWN)
    .map(
      ({ where, what, fix }) =>
        `${red('error')} ${printable(where)}\n  ${sentence(what)}\n  ${sentence(fix)}\n`,
    );
  if (problems.length > SHOWN) text.push(`and ${problems.length - SHOWN} more\n`);
  return text.join('\n');
}

function sentence(text: string): string {
  const capital = printable(text.charAt(0).toUpperCase() + text.slice(1));
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}

/** A terminal must not obey what a name holds. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
