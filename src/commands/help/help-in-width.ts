import { columnsOf, inWidth, linesOf, printTo } from '../../terminal/output.ts';

/** As it is called once it is installed. Not with `npx`: nobody has published the name yet, so anyone can. */
export const PROGRAM = 'create-gitlab-aws-oidc';

/** The width of help in a file or a pipe. */
const WITHOUT_TERMINAL = 120;

/** Prints help, in the width of the terminal. */
export function printHelp(help: string): void {
  printTo('stdout', helpInWidth(help, columnsOf('stdout', WITHOUT_TERMINAL)));
}

/**
 * Help with long lines broken between words, but for commands: what is copied must be whole. Where the names of flags would
 * take more than half of the width, what they do is below them.
 */
export function helpInWidth(help: string, width: number): string {
  const fit = (line: string) => {
    if (line.startsWith('  ') && line.includes(`${PROGRAM} `)) return line;
    const [, name, meaning] = /^( *\S.*? {2,})(\S.*)$/.exec(line) ?? [];
    if (name === undefined || meaning === undefined) {
      const [margin = ''] = /^ */.exec(line) ?? [];
      return linesOf(line.trimStart(), width, margin).join('\n');
    }
    if (name.length <= width / 2) return inWidth(line, width);
    return [name.trimEnd(), ...linesOf(meaning, width, ' '.repeat(6))].join('\n');
  };
  return help.split('\n').map(fit).join('\n');
}
