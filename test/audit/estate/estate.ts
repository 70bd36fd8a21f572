import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountDetails, type AccountSpec, providerDetails, providerList } from './dump.ts';
import { FIRST } from './first-account.ts';
import { SECOND } from './second-account.ts';
import { THIRD } from './third-account.ts';

/** Three accounts with 200 roles, 40 or more of which trust a GitLab; test/audit/planted.json names what is wrong with them. */
export const ACCOUNTS: readonly AccountSpec[] = [FIRST, SECOND, THIRD];

/** Writes the dumps as docs/audit.md says how to make them: a folder for each account. */
export function writeDumps(folder: string, accounts: readonly AccountSpec[] = ACCOUNTS): void {
  for (const account of accounts) {
    const own = join(folder, account.id);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'details.json'), accountDetails(account));
    writeFileSync(join(own, 'providers.json'), providerList(account));
    for (const provider of account.providers)
      writeFileSync(join(own, `provider-${provider.host}.json`), providerDetails(provider));
  }
}
