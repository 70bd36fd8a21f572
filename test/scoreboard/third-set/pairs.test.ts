import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { compareInventories, totalsOf } from '../../../src/compare/compare-inventories.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';
import { decide, inventoryOf, PAIRS } from './third-set.ts';

const scratch = scratchFolders();

test.each(PAIRS)('compare: $name', async (pair) => {
  const folder = scratch();
  const before = await inventoryOf(pair.before, join(folder, 'before'));
  const after = await inventoryOf(pair.after, join(folder, 'after'));
  if (!before || !after) throw new Error('An input of a pair is refused');
  const { gains, loses, permissions } = totalsOf(compareInventories(before, after));
  expect(pair.gains).toContain(gains);
  expect(pair.loses).toContain(loses);
  expect(pair.permissions).toContain(permissions);
  const { gain, lose, both } = pair;
  const decided = [gain, lose, both].map(
    (token) => token && [decide(before.roles, token), decide(after.roles, token)],
  );
  expect(decided).toEqual([
    gain && ['denied', 'allowed'],
    lose && ['allowed', 'denied'],
    both && ['allowed', 'allowed'],
  ]);
});
