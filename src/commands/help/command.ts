import { command } from '../record.ts';
import { printHelp } from './help-in-width.ts';

export const helpCommand = command({
  name: 'help',
  summary: 'show what a command does',
  about: 'Lists the commands, or shows what one does, its flags and its exit codes.',
  usage: ['help [command]'],
  examples: [{ line: 'help doctor' }],
  arguments: [{ name: 'command' }],
  flags: {},
  exits: { 0: 'done' },
  run: async (_, [name]) => {
    const { helpOn } = await import('./help.ts');
    printHelp(await helpOn(name));
    return 0;
  },
});
