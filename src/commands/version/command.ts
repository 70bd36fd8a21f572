import { printTo } from '../../terminal/output.ts';
import { VERSION } from '../../version.ts';
import { command } from '../record.ts';

export const versionCommand = command({
  name: 'version',
  summary: 'print the version',
  about: 'Prints the version of this program.',
  usage: ['version'],
  examples: [],
  arguments: [],
  flags: {},
  exits: { 0: 'done' },
  run: () => {
    printTo('stdout', `${VERSION}\n`);
    return Promise.resolve(0);
  },
});
