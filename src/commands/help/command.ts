import { fitted, printTo } from '../../terminal/output.ts';
import { command } from '../record.ts';
import { helpInWidth } from './help-in-width.ts';

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
    printTo('stdout', fitted(await helpOn(name), 'stdout', helpInWidth));
    return 0;
  },
});
