import { privateCas } from '../../network/private-cas.ts';
import { projectOfRemote } from '../../gitlab/remote.ts';
import { readFlagFile } from '../../terminal/read-flag-file.ts';
import { ProblemError } from '../../text/problem.ts';
import { findAccounts } from '../../interview/accounts/found-accounts.ts';
import { hasAwsCredentials } from '../../interview/accounts/aws-credentials.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import type { Person } from '../../interview/asker.ts';
import { introduceGitlab } from '../../interview/guide/introduce.ts';
import type { Known, OrganizationKnown } from '../../interview/guide/known.ts';
import { lookAtIssuer } from '../../interview/guide/look-at-issuer.ts';
import { gitOrigin } from '../../workspace/git.ts';
import { trustedCas } from '../../network/trusted-cas.ts';

/**
 * Finds out what there is to know of the GitLab at an address, and whether the person has it asked.
 *
 * @param caFile of `--ca-file`
 * @throws {ProblemError} where that file holds no certificate
 */
export async function introduction(
  url: string,
  person: Person,
  caFile: string | undefined,
  findings: Findings,
): Promise<Known> {
  const environment = process.env;
  const ca = await trustedCas(caFile);
  const surroundings = { env: environment, privateCas: await privateCas(environment, caFile) };
  const issuer = await lookAtIssuer(url, person, findings, surroundings);
  const origin = gitOrigin('.');
  const guide = await introduceGitlab(url, {
    person,
    findings,
    environment,
    ca,
    origin: origin === undefined ? undefined : projectOfRemote(origin, url),
  });
  return { issuer, guide, organization: organizationAsked(person) };
}

/** Lists accounts where there are credentials for AWS. */
function organizationAsked(person: Person): OrganizationKnown | undefined {
  if (!hasAwsCredentials(process.env)) return undefined;
  return async (units) => {
    const place = units.length > 0 ? units.join(', ') : 'the organization';
    const flags = { 'accounts-from': 'organization', 'accounts-ou': [...units] };
    const waited = await person.wait(`AWS Organizations: accounts of ${place}`, async () => {
      try {
        return await findAccounts(flags, readFlagFile, process.env);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return { problem: error.problems[0] ?? { where: '', what: error.message, fix: '' } };
      }
    });
    return waited?.answer;
  };
}
