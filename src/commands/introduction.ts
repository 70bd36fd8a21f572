import { projectOfRemote } from '../gitlab/remote.ts';
import { askPerson } from '../interview/ask-person.ts';
import type { Findings } from '../gitlab/settings/findings.ts';
import type { Guide } from '../interview/guide/guide.ts';
import { introduceGitlab } from '../interview/guide/introduce.ts';
import { gitOrigin } from '../workspace/git.ts';
import { trustedCas } from './trusted-cas.ts';

/**
 * Has the person at the terminal introduced to the GitLab at an address.
 *
 * @param caFile of `--ca-file`
 * @throws {ProblemError} where that file holds no certificate
 */
export async function introduction(
  url: string,
  caFile: string | undefined,
  findings: Findings,
): Promise<Guide | undefined> {
  const origin = gitOrigin('.');
  return introduceGitlab(url, {
    person: askPerson,
    findings,
    environment: process.env,
    ca: await trustedCas(caFile),
    origin: origin === undefined ? undefined : projectOfRemote(origin, url),
  });
}
