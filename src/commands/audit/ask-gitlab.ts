import type { AuditedEstate } from '../../audit/estate/estate.ts';
import type { KnownGitlab } from '../../audit/gitlab/known.ts';
import { lookUp } from '../../audit/gitlab/look-up.ts';
import { GitlabFault } from '../../gitlab/api/fault.ts';
import { openGitlab } from '../../gitlab/api/open.ts';
import { trustedCas } from '../../network/trusted-cas.ts';
import { ProblemError } from '../../text/problem.ts';
import { gitlabToken } from '../gitlab-token.ts';
import type { GitlabAddress, GitlabFlags } from './gitlab-address.ts';

/** GitLab's limits reset within a minute, and nobody waits for an audit of many projects. */
const BOUNDS = { patience: 60, tries: 5, runTime: 4 * 60 * 60_000 };

/**
 * Asks GitLab about what the roles of an estate trust.
 *
 * @throws {ProblemError} without a token, and where GitLab does not say whose it is
 */
export async function askGitlab(
  { url, issuer }: GitlabAddress,
  { caFile }: GitlabFlags,
  { roles }: AuditedEstate,
  onSubject: (number: number, of: number) => void,
): Promise<KnownGitlab> {
  const gitlab = await openGitlab({
    url,
    token: await gitlabToken(url, 'gitlab'),
    ca: await trustedCas(caFile),
    environment: process.env,
    bounds: BOUNDS,
  });
  try {
    await gitlab.user();
  } catch (error) {
    if (error instanceof GitlabFault)
      throw new ProblemError([{ where: '--gitlab', ...error.flaw }]);
    throw error;
  }
  return lookUp(gitlab, issuer, roles, onSubject);
}
