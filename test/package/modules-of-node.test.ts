import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dumpOf } from '../../bench/dump.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

/** Node's own modules that a process loads from its first line to its last. */
const LIST = `
  const before = new Set(process.moduleLoadList);
  process.on('exit', () => {
    const loaded = process.moduleLoadList.filter((one) => !before.has(one));
    require('node:fs').writeFileSync('loaded.json', JSON.stringify(loaded));
  });
`;

test.each([['lint'], ['explain'], ['compare', 'dump.json']])(
  '%s of a dump loads none of the modules of Node that load dozens of others: cryptography, streams, files with promises',
  (...args) => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'dump.json'), dumpOf(2));
    writeFileSync(join(folder, 'list.cjs'), LIST);
    execFileSync(process.execPath, ['-r', './list.cjs', PROGRAM, ...args, 'dump.json'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const loaded = JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8')) as string[];
    expect(loaded).toContain('NativeModule internal/util/parse_args/parse_args');
    expect(loaded.filter((one) => /NativeModule (crypto|stream|fs\/promises)$/.test(one))).toEqual(
      [],
    );
  },
);
