import readmeMd from '../../templates/org/README.md.hbs';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { RCP_FILE } from '../blueprint/organization/guard.ts';
import type { Files } from './files.ts';

/** The policies that guard the accounts of an organization, with what to do with them; no files where there are none. */
export function renderOrganization({ organization, bootstrap, issuer }: Blueprint): Files {
  if (!organization) return new Map();
  const { rcp, scp, groups, admitted, exceptions } = organization;
  const { projectIds } = admitted;
  return new Map([
    [
      'org/README.md',
      readmeMd({
        url: issuer.url,
        groups,
        projectIds: projectIds.length > 0 && projectIds,
        exceptions,
        bootstrap,
      }),
    ],
    [RCP_FILE, rcp.text],
    ['org/scp.json', scp.text],
  ]);
}
