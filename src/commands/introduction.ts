import { rootCertificates } from 'node:tls';
import { privateCas } from '../gitlab/issuer/private-cas.ts';
import { projectOfRemote } from '../gitlab/remote.ts';
import type { ReadFile } from '../interview/apply-flags.ts';
import { askPerson } from '../interview/ask-person.ts';
import type { Findings } from '../interview/guide/findings.ts';
import type { Guide } from '../interview/guide/guide.ts';
import { introduceGitlab } from '../interview/guide/introduce.ts';
import { ProblemError } from '../problem.ts';
import { gitOrigin } from '../workspace/git.ts';

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
  readFile: ReadFile,
): Promise<Guide | undefined> {
  if (caFile !== undefined) checkPem(caFile, readFile(caFile, '--ca-file'));
  const environment = process.env;
  const extra = await privateCas(environment, caFile);
  const origin = gitOrigin('.');
  return introduceGitlab(url, {
    person: askPerson,
    findings,
    environment,
    // A list is taken in place of what Node trusts by itself.
    ca: caFile === undefined ? undefined : [...rootCertificates, ...extra],
    origin: origin === undefined ? undefined : projectOfRemote(origin, url),
  });
}

function checkPem(file: string, text: string): void {
  if (text.includes('-----BEGIN CERTIFICATE-----')) return;
  throw new ProblemError([
    {
      where: '--ca-file',
      what: `the file ${file} holds no certificate in PEM`,
      fix: 'Give one that has a line -----BEGIN CERTIFICATE-----',
    },
  ]);
}
