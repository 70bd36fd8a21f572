/** So many accounts are named; one more is not worth a number. */
const NAMED = 3;

/** ` (dev, prod)`; nothing for a role of one account, whose name says which one it is. */
export function inAccounts(labels: readonly string[]): string {
  const names = [...new Set(labels)];
  if (names.length < 2) return '';
  if (names.length <= NAMED + 1) return ` (${names.join(', ')})`;
  return ` (${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more accounts)`;
}
