import { spawnSync } from 'node:child_process';

/** What git says in a folder; `undefined` where there is no git, no repository, or no such thing. */
function git(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', folder, ...args], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    // A look at a repository must not write its index.
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
  return status === 0 ? stdout : undefined;
}

/** The content of a blob that the repository has seen. */
export function gitBlob(folder: string, id: string): string | undefined {
  return git(folder, 'cat-file', 'blob', id);
}

/** A file as it was when it came into the repository. */
export function gitFirstVersion(folder: string, path: string): string | undefined {
  const commits = git(folder, 'log', '--diff-filter=A', '--format=%H', '--', path);
  const first = commits?.trim().split('\n').at(-1);
  return first ? git(folder, 'show', `${first}:./${path}`) : undefined;
}

/** Paths below the folder with changes that are not committed. */
export function gitUncommitted(folder: string): readonly string[] {
  const status = git(folder, 'status', '--porcelain', '-z', '--no-renames', '--', '.');
  if (!status) return [];
  const prefix = git(folder, 'rev-parse', '--show-prefix')?.trimEnd() ?? '';
  return status
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice('XY '.length))
    .map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path));
}

/** The address of the remote `origin` of the repository that a folder is in. */
export function gitOrigin(folder: string): string | undefined {
  return git(folder, 'remote', 'get-url', 'origin')?.trim();
}
