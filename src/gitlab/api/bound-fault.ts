import type { Bounds } from './bounds.ts';
import { GitlabFault } from './fault.ts';

const LARGER = 'Check the URL. If it is your GitLab, ask the administrator of GitLab or the proxy';

/** One fault for each bound, in words that need no knowledge of this program. */
export const BOUND_FAULTS = {
  answerBytes: (host: string, { answerBytes }: Bounds) =>
    new GitlabFault({
      what: `${host} sent more than ${size(answerBytes)} in one answer`,
      fix: LARGER,
    }),
  runBytes: (host: string, { runBytes }: Bounds) =>
    new GitlabFault({
      what: `${host} has sent more than ${size(runBytes)} in this run`,
      fix: 'Work on fewer projects at a time',
    }),
  headers: (host: string) =>
    new GitlabFault({ what: `${host} sent more than 16 KB of headers`, fix: LARGER }),
  pages: (host: string, { pages }: Bounds) =>
    new GitlabFault({
      what: `${host} has more than ${pages} pages in one list`,
      fix: 'Type the names instead',
    }),
  samePage: (host: string) =>
    new GitlabFault({ what: `${host} returned the same page of a list twice`, fix: LARGER }),
  questionTime: (host: string, { questionTime }: Bounds) =>
    new GitlabFault({
      what: `${host} did not complete one request within ${questionTime / 1000} seconds`,
      fix: 'Try again later, or type the answers instead',
    }),
  runTime: (host: string, { runTime }: Bounds) =>
    new GitlabFault({
      what: `${host} took more than ${runTime / 1000} seconds in this run`,
      fix: 'Try again later, or work on fewer projects at a time',
    }),
} as const;

/** In megabytes with one decimal place at most, which is enough to compare with a file or a page. */
function size(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1 ? `${bytes} bytes` : `${Math.round(megabytes * 10) / 10} MB`;
}
