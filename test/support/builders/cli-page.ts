import { allCommands } from '../../../src/commands/index.ts';
import { exitRows, flagGroups, flagRows, programIn } from '../../../src/commands/help/help.ts';
import type { Command } from '../../../src/commands/record.ts';

/** `docs/cli.md`: what the records of the commands say. */
export async function cliPage(): Promise<string> {
  const commands = await allCommands();
  return `# Commands

Generated from \`src/commands\` by \`npm run docs\`; \`create-gitlab-aws-oidc help COMMAND\` shows the same.

The first word is a command or a folder. A word of lower-case letters alone that is the command of another program
(\`init\`, \`list\`) or could be a mistyped command (\`upate\`) is refused with a suggestion. Any other word is the folder of
\`create\`; \`create WORD\` and \`./WORD\` always are.

A file that a flag names can be a pipe, such as \`<(command)\`. All output shows control, bidirectional and invisible
characters as \`\\u001b\`, in JSON as escapes of the same form. A reader of the output that stops early, as \`head\` does, is
not an error; an output that cannot be written, as on a full disk, ends with exit code 2.

${commands.map(section).join('\n')}`;
}

function section(command: Command): string {
  const { name, about, usage, examples, notes } = command;
  const block = (lines: readonly string[]) => `\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`;
  const shown = examples.map(({ line, does }) => programIn(line) + (does ? ` # ${does}` : ''));
  return [
    `## ${name}\n\n${about}\n`,
    block(usage.map(programIn)),
    ...(shown.length > 0 ? [block(shown)] : []),
    ...flagGroups(command).map(({ heading, flags }) => table(heading, flagRows(flags))),
    ...(notes === undefined ? [] : [`${notes}\n`]),
    table('Exit code', exitRows(command)),
  ].join('\n');
}

function table(heading: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([name, text]) => `| \`${cell(name)}\` | ${cell(text)} |\n`);
  return `| ${heading} | Meaning |\n| --- | --- |\n${lines.join('')}`;
}

function cell(text: string): string {
  return text.replace(/[|*<_]/g, '\\$&');
}
