import { isAtLeast, SINCE, type Version } from '../../gitlab/version.ts';

/** What follows from the instance's release, in words; the questions heed it. */
export function followsFrom(version: Version): string[] {
  const before = (since: Version) => !isAtLeast(version, since);
  return [
    ...(before(SINCE.idTokens)
      ? ['It is older than 15.7, which brought ID tokens: jobs sign in with CI_JOB_JWT_V2.']
      : []),
    ...(before(SINCE.forkTokens)
      ? [
          'It is older than 18.2.2: a merge request of a fork that runs in the project carries the path of the project, with a branch name that the fork chose. Update it, or keep forks out.',
        ]
      : []),
    ...(before(SINCE.reclaimedPaths)
      ? []
      : [
          'From 19.1 on a project gets no ID token on a path that another project once had, unless its subject begins with the project id.',
        ]),
  ];
}
