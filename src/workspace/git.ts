import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';
import { blobId } from './blob-id.ts';
import { refused } from './plain-file.ts';
import { codeOf } from './write-failure.ts';

/**
 * Every setting through which git runs a program or asks somebody, switched off: a repository can bring settings of its
 * own. Settings of the command line come before all others. The commands below use none of these as it is; a later git
 * may.
 *
 * @see https://git-scm.com/docs/git-config
 */
const SETTINGS: readonly string[] = [
  // A folder that is a bare repository by what is in it, not by its name, can come with a clone.
  'safe.bareRepository=explicit',
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.pager=',
  'core.editor=false',
  'core.askPass=',
  'core.sshCommand=false',
  'core.gitProxy=',
  'core.alternateRefsCommand=false',
  'credential.helper=',
  'diff.external=',
  'gpg.program=false',
  'log.showSignature=false',
  'protocol.allow=never',
  'submodule.recurse=false',
];

/** Settings that git takes from the environment; see the same page. */
const ENVIRONMENT: Readonly<Record<string, string>> = {
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  // An object that is not here is not fetched: neither by a git that knows this variable, nor by one that does not.
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_REPLACE_OBJECTS: '1',
};

/** The variables that git gets from ours: where the person's own settings are, and what Windows needs to start it. */
const PASSED: readonly string[] = ['HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'SYSTEMROOT'];

/** Milliseconds. A setting can make git wait for a FIFO. */
const LONGEST = 10_000;

/**
 * What git prints in a folder; `undefined` where there is no git, no repository, or no such thing.
 *
 * Only commands that read objects and settings may be given: those that look at the files, such as `status` and `diff`,
 * run the filters that a repository names, and no setting switches off all of them.
 *
 * @throws {ProblemError} when git does not end
 */
function git(folder: string, ...args: readonly string[]): string | undefined {
  const path = searchPath(folder, process.env['PATH'] ?? '');
  const program = gitIn(path);
  if (program === undefined) return undefined;
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const { status, stdout, error } = spawnSync(
    program,
    ['--no-pager', '--literal-pathspecs', ...settings, '-C', folder, ...args],
    {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      env: { ...passedOn(process.env), ...ENVIRONMENT, PATH: path.join(delimiter) },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: LONGEST,
      killSignal: 'SIGKILL',
    },
  );
  if (codeOf(error) === 'ETIMEDOUT') {
    throw refused(
      folder,
      `git did not answer within ${LONGEST / 1000} seconds`,
      'Look for a file in its settings that it waits for, such as `include.path` in .git/config',
    );
  }
  return status === 0 ? stdout : undefined;
}

/**
 * Where to look for git: not in the folder, which may hold a program of that name, nor where npm puts the programs of the
 * package that it is run in.
 */
function searchPath(folder: string, path: string): string[] {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !isInside(folder, entry) && !NPM_PROGRAMS.test(entry));
}

const NPM_PROGRAMS = /[\\/]node_modules[\\/]\.bin[\\/]?$/;

function isInside(folder: string, entry: string): boolean {
  const way = relative(folder, entry);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function gitIn(path: readonly string[]): string | undefined {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  return path.map((entry) => join(entry, name)).find((program) => existsSync(program));
}

function passedOn(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    PASSED.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The content of a blob that the repository has seen. */
export function gitBlob(folder: string, id: string): string | undefined {
  const text = git(folder, 'cat-file', 'blob', id);
  return text !== undefined && blobId(text) === id ? text : undefined;
}

/** A file as it was when it came into the repository. */
export function gitFirstVersion(folder: string, path: string): string | undefined {
  const commits = git(folder, 'rev-list', 'HEAD', '--', path);
  const first = commits?.trim().split('\n').at(-1);
  return first ? git(folder, 'cat-file', 'blob', `${first}:./${path}`) : undefined;
}

/** The ids of the blobs below the folder in the last commit, by relative path; `undefined` outside of git. */
export function gitCommitted(folder: string): ReadonlyMap<string, string> | undefined {
  const tree = git(folder, 'ls-tree', '-r', '-z', 'HEAD');
  if (tree === undefined) {
    // Before the first commit there is no HEAD.
    const isRepository = git(folder, 'rev-parse', '--git-dir') !== undefined;
    return isRepository ? new Map() : undefined;
  }
  return new Map(
    tree.split('\0').flatMap((entry): [string, string][] => {
      const [, id, path] = /^\d+ blob ([0-9a-f]+)\t([^]+)$/.exec(entry) ?? [];
      return id !== undefined && path !== undefined ? [[path, id]] : [];
    }),
  );
}

/** The address of the remote `origin` of the repository that a folder is in. */
export function gitOrigin(folder: string): string | undefined {
  return git(folder, 'ls-remote', '--get-url', 'origin')?.trim();
}
