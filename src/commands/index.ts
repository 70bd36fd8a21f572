import type { Command } from './record.ts';

/** The commands, in the order in which help lists them; each is loaded when it is used. */
export const COMMANDS = {
  create: async () => (await import('./create/command.ts')).createCommand,
  update: async () => (await import('./update/command.ts')).updateCommand,
  add: async () => (await import('./add/command.ts')).addCommand,
  remove: async () => (await import('./remove/command.ts')).removeCommand,
  explain: async () => (await import('./explain/command.ts')).explainCommand,
  compare: async () => (await import('./compare/command.ts')).compareCommand,
  lint: async () => (await import('./lint/command.ts')).lintCommand,
  audit: async () => (await import('./audit/command.ts')).auditCommand,
  doctor: async () => (await import('./doctor/command.ts')).doctorCommand,
  completion: async () => (await import('./completion/command.ts')).completionCommand,
  help: async () => (await import('./help/command.ts')).helpCommand,
  version: async () => (await import('./version/command.ts')).versionCommand,
} satisfies Record<string, () => Promise<Command>>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];

export function isCommandName(word: string | undefined): word is CommandName {
  return word !== undefined && Object.hasOwn(COMMANDS, word);
}

/** All records. */
export async function allCommands(): Promise<Command[]> {
  const commands: Command[] = [];
  for (const name of COMMAND_NAMES) commands.push(await COMMANDS[name]());
  return commands;
}
