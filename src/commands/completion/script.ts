import { allCommands } from '../index.ts';
import { COMMON_FLAGS, type Command } from '../record.ts';

const PROGRAM = 'create-gitlab-aws-oidc';

/** The script of a shell that completes commands, the words of their first argument, and flags. */
export async function completionScript(shell: 'bash' | 'zsh' | 'fish'): Promise<string> {
  const commands = await allCommands();
  return { bash, zsh, fish }[shell](commands);
}

/** Words that a command may be followed by. */
function firstWords({ arguments: [first] }: Command): readonly string[] {
  return first?.oneOf ?? [];
}

function flagsOf({ flags, flagsOf: byWord = {} }: Command): string[] {
  const all = Object.assign({}, flags, ...Object.values(byWord), COMMON_FLAGS) as object;
  return Object.keys(all).map((name) => `--${name}`);
}

function cases(commands: readonly Command[]): string {
  return commands
    .map(
      (one) =>
        `    ${one.name}) words='${firstWords(one).join(' ')}'; flags='${flagsOf(one).join(' ')}' ;;\n`,
    )
    .join('');
}

function names(commands: readonly Command[]): string {
  return commands.map(({ name }) => name).join(' ');
}

function bash(commands: readonly Command[]): string {
  return `_create_gitlab_aws_oidc() {
  local words='' flags='' current="\${COMP_WORDS[COMP_CWORD]}"
  case "\${COMP_WORDS[1]}" in
${cases(commands)}    *) flags='${flagsOfCreate(commands)}' ;;
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${names(commands)}' -- "$current") $(compgen -d -- "$current"))
  elif [[ $COMP_CWORD -eq 2 && -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}
complete -o filenames -F _create_gitlab_aws_oidc ${PROGRAM}
`;
}

function zsh(commands: readonly Command[]): string {
  return `#compdef ${PROGRAM}
_create_gitlab_aws_oidc() {
  local words_after='' flags='' current="\${words[CURRENT]}"
  case "\${words[2]}" in
${cases(commands).replaceAll('words=', 'words_after=')}    *) flags='${flagsOfCreate(commands)}' ;;
  esac
  if [[ $current == -* ]]; then
    compadd -- \${=flags}
  elif (( CURRENT == 2 )); then
    compadd -- ${names(commands)}
    _files -/
  elif (( CURRENT == 3 )) && [[ -n $words_after ]]; then
    compadd -- \${=words_after}
  else
    _files
  fi
}
compdef _create_gitlab_aws_oidc ${PROGRAM}
`;
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((one) => [
    `complete -c ${PROGRAM} -n __fish_use_subcommand -a ${one.name} -d ${quoted(one.summary)}`,
    ...(firstWords(one).length > 0
      ? [`complete -c ${PROGRAM} -n ${seen(one)} -f -a ${quoted(firstWords(one).join(' '))}`]
      : []),
    ...flagsOf(one).map((flag) => `complete -c ${PROGRAM} -n ${seen(one)} -l ${flag.slice(2)}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function seen({ name }: Command): string {
  return quoted(`__fish_seen_subcommand_from ${name}`);
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The command may be left out before a folder and flags. */
function flagsOfCreate(commands: readonly Command[]): string {
  const create = commands.find(({ name }) => name === 'create');
  return create ? flagsOf(create).join(' ') : '';
}
