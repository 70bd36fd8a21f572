import { privateCas } from '../../network/private-cas.ts';
import { projectOfRemote } from '../../gitlab/remote.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import type { Person } from '../../interview/asker.ts';
import { introduceGitlab } from '../../interview/guide/introduce.ts';
import type { Known } from '../../interview/guide/known.ts';
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
  return { issuer, guide };
}
