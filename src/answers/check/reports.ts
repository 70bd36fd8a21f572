import type { At } from '../../text/collect.ts';
import { type Flaw, shown } from '../../text/flaw.ts';
import type { Answers } from '../schema.ts';

/** What the pipeline reports of access: the map and the audit, which both run the package of `ci.generator`. */
export function checkReports({ ci: { access_map: map, audit, generator } }: Answers, at: At): void {
  const hasGenerator = generator !== undefined && generator !== 'none';
  if (map === true && !hasGenerator) at('ci.access_map')(NO_GENERATOR);
  if (audit === undefined) return;
  if (!hasGenerator) at('ci.audit')(NO_GENERATOR);
  const accounts = new Set<string>();
  for (const [index, arn] of audit.roles.entries()) {
    const account = ARN.exec(arn)?.[1];
    const place = at(`ci.audit.roles[${index}]`);
    if (account === undefined)
      place({
        what: `${shown(arn)} is not the ARN of a role`,
        fix: 'Write it as arn:aws:iam::123456789012:role/gitlab-audit',
      });
    else if (accounts.has(account))
      place({
        what: `the account ${account} has two roles here`,
        fix: 'Keep one role for each account',
      });
    else accounts.add(account);
  }
}

const ARN = /^arn:aws(?:-cn|-us-gov)?:iam::(\d{12}):role\/(?:[!-.0-~]+\/)*[\w+=,.@-]{1,64}$/;

const NO_GENERATOR: Flaw = {
  what: 'the pipeline runs no package of this program that could write it',
  fix: 'Set ci.generator to the package, or leave this out',
  flagFix: 'Name the package with --generator, or leave this out',
};
