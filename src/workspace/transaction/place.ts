import { createHash } from 'node:crypto';
import { lstatSync, type Stats } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The folder's name in git's own folder, before the repository's id, and its hidden name elsewhere. */
const IN_GIT = 'gitlab-aws-oidc-update';
export const IN_REPOSITORY = '.gitlab-aws-oidc-update';

/** What version 0.2.0 left when it was killed. */
const OF_OLD_VERSION = '.gitlab-aws-oidc.update';

/**
 * Where an update holds its lock, and what it needs until it is done. It is on the disk of the repository, since a text
 * takes its place there in one rename.
 *
 * That is git's own folder, which no clone can bring content into. A repository that has none, as one from an archive, or
 * whose `.git` is a file, as a submodule's, has it beside its files: where a `.git` file leads, its author decides.
 *
 * @param root its path without links
 */
export function transactionFolder(root: string): string {
  const git = gitFolder(root, lstatSync(root));
  if (git === undefined) return join(root, IN_REPOSITORY);
  // There may be several generated repositories in one of git.
  const id = createHash('sha256')
    .update(relative(dirname(git), root))
    .digest('hex')
    .slice(0, 16);
  return join(git, `${IN_GIT}-${id}`);
}

/** The nearest `.git` above, where it is a folder of this user on the same disk. */
function gitFolder(folder: string, root: Stats): string | undefined {
  const path = join(folder, '.git');
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats) {
    return stats.isDirectory() && isOurs(stats) && stats.dev === root.dev ? path : undefined;
  }
  return dirname(folder) === folder ? undefined : gitFolder(dirname(folder), root);
}

/** Windows has no user number. */
export function isOurs({ uid }: Stats): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}

/** A warning about what an earlier version left, or a clone brought; empty where there is no such thing. */
export function leftByOldVersion(root: string): string[] {
  const path = join(root, OF_OLD_VERSION);
  if (!lstatSync(path, { throwIfNoEntry: false })) return [];
  return [
    `${OF_OLD_VERSION} was left by an interrupted update of version 0.2.0, or came with the repository. It is not used. Delete it.`,
  ];
}
