/**
 * The rules of `audit`, as settings and `--fail-on` name them. They are checked above this layer; a test holds this list to
 * what is there.
 */
export const AUDIT_RULE_NAMES: readonly { readonly id: string; readonly name: string }[] = [
  { id: 'AUD001', name: 'too-wide' },
  { id: 'AUD002', name: 'escalation' },
  { id: 'AUD003', name: 'chain-to-administrator' },
  { id: 'AUD004', name: 'dead-trust' },
  { id: 'AUD005', name: 'duplicate-roles' },
  { id: 'AUD006', name: 'unused-role' },
  { id: 'AUD007', name: 'provider-without-role' },
  { id: 'AUD008', name: 'role-without-provider' },
  { id: 'AUD009', name: 'unused-audience' },
  { id: 'AUD010', name: 'stale-thumbprint' },
  { id: 'AUD011', name: 'before-controls' },
  { id: 'AUD012', name: 'claimable-namespace' },
  { id: 'AUD013', name: 'path-reclaimed' },
  { id: 'AUD014', name: 'moved' },
  { id: 'AUD015', name: 'gone' },
  { id: 'AUD016', name: 'deletion-scheduled' },
  { id: 'AUD017', name: 'archived-project' },
  { id: 'AUD018', name: 'branch-gone' },
  { id: 'AUD019', name: 'branch-unprotected' },
  { id: 'AUD020', name: 'tag-unprotected' },
  { id: 'AUD021', name: 'joinable-group' },
];

/** Whether only `audit` checks a rule. */
export function isAuditRule(id: string): boolean {
  return AUDIT_RULE_NAMES.some((one) => one.id === id);
}
