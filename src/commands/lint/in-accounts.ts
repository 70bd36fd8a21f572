/** So many accounts are named. */
const NAMED = 3;

/** ` (dev, prod)`; nothing for a role of one account, whose name says which one it is. */
export function inAccounts(labels: readonly string[]): string {
  const names = [...new Set(labels)];
  if (names.length < 2) return '';
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more accounts` : '';
  return ` (${names.slice(0, NAMED).join(', ')}${more})`;
}
