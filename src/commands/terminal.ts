import { styleText } from 'node:util';
import { ProblemError } from '../problem.ts';

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
  const shownProblems = problems.slice(0, SHOWN);
  const red = (text: string) => styled(process.stderr, 'red', text);
  const text = shownProblems.map(
    ({ where, what, fix }) => `${red('error')} ${where}\n  ${sentence(what)}\n  ${sentence(fix)}\n`,
  );
  if (problems.length > SHOWN) text.push(`and ${problems.length - SHOWN} more\n`);
  process.stderr.write(text.join('\n'));
  if (debug && error instanceof Error) process.stderr.write(`\n${error.stack ?? ''}\n`);
}

/** So many fit on one screen. */
const SHOWN = 5;

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
