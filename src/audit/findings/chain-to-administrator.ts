import { ASSUME, chainText, type RoleChain } from '../chains/chains.ts';
import { all, NO, YES } from '../../access/reach/value.ts';
import type { AuditRule } from './rule.ts';
import { onRole } from './sight.ts';

export const chainToAdministrator: AuditRule = {
  id: 'AUD003',
  name: 'chain-to-administrator',
  severity: 'error',
  summary: 'A role that can become an administrator by assuming other roles',
  why: 'The session of one role can assume the next, also in another account. What GitLab claims of the job is lost on the way.',
  fix: 'In the trust policy of the last role, name who may assume it; in the permissions of the first, name the roles it needs',
  check: ({ gitlab, roles }) =>
    gitlab.flatMap(({ role, chains, leads }) => {
      if (leads === YES) return [];
      const found = chains
        .map((chain) => {
          const end = chain.roles.at(-1);
          // A role that may pass an administrator is one, which AUD002 reports.
          const strength = chain.by.at(-1) === ASSUME && end ? roles.get(end)?.leads : NO;
          return { chain, value: all([chain.value, strength ?? NO]) };
        })
        .filter(({ value }) => value !== NO)
        .toSorted((a, b) => b.value - a.value || a.chain.roles.length - b.chain.roles.length);
      const [first, ...others] = found;
      if (!first) return [];
      const more = others.length > 0 ? `, and ${others.length} more` : '';
      const ends = found.map(({ chain }) => chain.roles.at(-1)?.id ?? '').sort();
      return [
        {
          ...onRole(role, 'chain', `${textOf(first.chain)}${more}`, ends),
          severity: first.value === YES ? 'error' : 'undetermined',
        },
      ];
    }),
};

function textOf({ roles, by }: RoleChain): string {
  const ids = roles.map(({ id }) => id);
  return `${chainText(ids, by)} is an administrator, or can become one`;
}
