import { PROGRAM } from './help-in-width.ts';
import { inPackage } from './in-package.ts';
import { allCommands, COMMANDS, isCommandName } from '../index.ts';
import { COMMON_EXITS, COMMON_FLAGS, type Command, type Flag, type Flags } from '../record.ts';
import { noCommand } from '../unknown-command.ts';

/**
 * What `--help` says: of a command, or of the program where none is named.
 *
 * @param placeOf where a file of the package is
 * @throws {ProblemError} for a name of none
 */
export async function helpOn(name: string | undefined, placeOf = inPackage): Promise<string> {
  if (name === undefined) return overview(await allCommands(), placeOf);
  if (!isCommandName(name)) throw noCommand(name);
  return commandHelp(await COMMANDS[name](), placeOf);
}

type PlaceOf = typeof inPackage;

function overview(commands: readonly Command[], placeOf: PlaceOf): string {
  const list = commands.map(({ name, summary }) => row(name, summary)).join('');
  return `Generates a repository that lets GitLab pipelines sign in to AWS without a stored key: the IAM OIDC provider, the roles and their trust policies, in CDKTF and in HCL, and the CI file for your jobs.

Usage
  ${PROGRAM} [folder] [flags]
  ${PROGRAM} COMMAND [arguments] [flags]

Commands
${list}
Examples
  ${PROGRAM} my-oidc
      asks, and writes to my-oidc

  ${PROGRAM} my-oidc --yes --project mygroup/myproject=20 --s3-read my-bucket
      asks nothing: branch main of that project may read that bucket

"${PROGRAM} help COMMAND" shows a command's flags and exit codes; those of "create" are the program's own.
Rules, checks and formats: ${placeOf('docs')}
The repository of this program also has guides.
`;
}

/** The help of one command. */
function commandHelp(command: Command, placeOf: PlaceOf): string {
  const { about, usage, examples, notes } = command;
  return [
    `${about.replace(/docs\/[\w-]+\.md/g, (path) => placeOf(path))}\n`,
    `Usage\n${usage.map((line) => `  ${PROGRAM} ${line}\n`).join('')}`,
    ...(examples.length > 0
      ? [
          `Examples\n${examples
            .map(
              ({ line, does }) =>
                `  ${programIn(line)}\n${does === undefined ? '' : `      ${does}\n`}`,
            )
            .join('\n')}`,
        ]
      : []),
    ...flagGroups(command).map(
      ({ heading, flags }) =>
        `${heading}\n${flagRows(flags)
          .map(([name, help]) => row(name, help))
          .join('')}`,
    ),
    ...(notes === undefined ? [] : [`${notes}\n`]),
    `Exit codes\n${exitRows(command)
      .map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}\n`)
      .join('')}`,
  ].join('\n');
}

/** An example's line with the program's name, unless it begins with another program. */
export function programIn(line: string): string {
  return line.includes('PROGRAM') ? line.replace('PROGRAM', PROGRAM) : `${PROGRAM} ${line}`;
}

const RUN = 'This run';

/** A command's flags below their headings, those of this run last. */
export function flagGroups({ flags, flagsOf = {} }: Command): { heading: string; flags: Flags }[] {
  const all = Object.entries<Flag>({ ...flags, ...COMMON_FLAGS });
  const headings = new Set(all.map(([, { group = RUN }]) => group));
  headings.delete(RUN);
  return [
    ...Object.entries(flagsOf)
      .filter(([, own]) => Object.keys(own).length > 0)
      .map(([word, own]) => ({ heading: `With ${word}`, flags: own })),
    ...[...headings, RUN].map((heading) => ({
      heading,
      flags: Object.fromEntries(all.filter(([, { group = RUN }]) => group === heading)),
    })),
  ];
}

/** What a flag is called and what it does. */
export function flagRows(flags: Flags): [name: string, help: string][] {
  return Object.entries(flags).map(([name, { value, help, many, short, default: otherwise }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    `${help}${many ? '; may be repeated' : ''}${otherwise === undefined ? '' : ` [${otherwise}]`}`,
  ]);
}

/** Every exit code of a command, in order. */
export function exitRows({ exits }: Command): [code: string, meaning: string][] {
  return Object.entries({ ...COMMON_EXITS, ...exits });
}

function row(name: string, help: string): string {
  return `  ${name.padEnd(34)} ${help}\n`;
}
