import { issuerPrefix, normalizeUrl } from '../../gitlab/instance-url.ts';
import { ProblemError } from '../../text/problem.ts';

/** Which GitLab to ask, as the flags say it. */
export interface GitlabFlags {
  readonly gitlab?: string | undefined;
  readonly gitlabIssuer?: string | undefined;
  readonly caFile?: string | undefined;
}

/** A GitLab that is to be asked. */
export interface GitlabAddress {
  readonly url: string;
  /** Of its tokens, without `https://`. */
  readonly issuer: string;
}

/** @throws {ProblemError} for an address that is none, or an issuer without a GitLab to ask */
export function gitlabAddress({ gitlab, gitlabIssuer }: GitlabFlags): GitlabAddress | undefined {
  if (gitlab === undefined && gitlabIssuer !== undefined)
    throw new ProblemError([
      { where: '--gitlab-issuer', what: 'no GitLab is asked', fix: 'Add --gitlab with its URL' },
    ]);
  if (gitlab === undefined) return undefined;
  const url = addressOf(gitlab, '--gitlab', 'instance');
  const issuer =
    gitlabIssuer === undefined ? url : addressOf(gitlabIssuer, '--gitlab-issuer', 'issuer');
  return { url, issuer: issuerPrefix(issuer) };
}

function addressOf(text: string, flag: string, use: 'issuer' | 'instance'): string {
  const read = normalizeUrl(text, use);
  if ('url' in read) return read.url;
  throw new ProblemError([{ where: flag, ...read.flaw }]);
}
