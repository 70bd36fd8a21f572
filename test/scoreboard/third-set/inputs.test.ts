import { expect, test } from '@jest/globals';
import type { Inventory } from '../../../src/access/role-context.ts';
import { lintContextOf } from '../../../src/lint/lint-context.ts';
import { lint } from '../../../src/lint/lint.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';
import { decide, INPUTS, inventoryOf, type Owed } from './third-set.ts';

const scratch = scratchFolders();

const CLASSES: Readonly<Record<string, string>> = {
  'lets-in': 'D',
  'locks-out': 'N',
  rejected: 'N',
  unknown: 'U',
  weakens: 'W',
};

/** What `lint` reports of the roles: dangerous, too wide, never works, undetermined, or fine where it is none of these. */
function classesOf(roles: Inventory['roles']): string[] {
  const harms = roles.flatMap((role) =>
    lint(role.trust, lintContextOf(role)).findings.flatMap(({ harm }) => CLASSES[harm] ?? []),
  );
  return harms.length > 0 ? harms : ['F'];
}

test.each(INPUTS)('$name', async ({ files, roles = {}, any, absent = [], count, isOpen }) => {
  const inventory = await inventoryOf(files, scratch());
  const read = inventory?.roles ?? [];
  const hasOpen = inventory === undefined || inventory.unreadable.length > 0;
  if (isOpen !== 'maybe') expect(hasOpen).toBe(isOpen === 'yes');
  const check = (some: Inventory['roles'], { allowed, denied, open, due }: Owed) => {
    if (some.length === 0 && hasOpen && isOpen !== 'no') return;
    for (const token of allowed) expect(decide(some, token)).toBe('allowed');
    for (const token of denied) expect(decide(some, token)).toBe('denied');
    for (const token of open) expect(decide(some, token)).toBe('undetermined');
    if (!due) return;
    const classes = classesOf(some);
    expect(classes.some((one) => due.includes(one))).toBe(true);
    expect(classes.includes('D')).toBe(due.includes('D'));
  };
  for (const [name, owed] of Object.entries(roles))
    check(
      read.filter((role) => role.name === name),
      owed,
    );
  if (any) check(read, any);
  expect(read.filter(({ name = '' }) => absent.includes(name))).toEqual([]);
  if (count !== undefined) expect(read).toHaveLength(count);
});
