import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ProblemError } from '../../text/problem.ts';
import { refused } from '../plain-file.ts';
import { codeOf, writeFailure } from '../write-failure.ts';
import { isOurs, transactionFolder } from './place.ts';

/** A repository that this process alone may change. */
export interface Lock {
  /** Holds the lock, and what the update needs until it is done. */
  readonly folder: string;
  /** Whether a process that has ended left it, perhaps with work to finish. */
  readonly inherited: boolean;
}

/**
 * Locks a repository for this process. The folder is made elsewhere and renamed to its place, and the name of an owner
 * that has ended is renamed to ours: either is done by one process or by none.
 *
 * @throws {ProblemError} when another run has the lock, or when what is in its place was not left by one of this machine
 */
export function acquire(root: string): Lock {
  const folder = transactionFolder(root);
  sweep(folder);
  for (let tries = 0; tries < TRIES; tries++) {
    if (take(root, folder)) return { folder, inherited: false };
    const owner = ownerIn(folder);
    if (owner && isAlive(owner)) throw busy(folder, owner);
    if (owner && inherit(folder, owner)) return { folder, inherited: true };
  }
  throw foreign(folder);
}

/** Whether an update of this repository is going on, or was interrupted. */
export function isLocked(root: string): boolean {
  return lstatSync(transactionFolder(root), { throwIfNoEntry: false }) !== undefined;
}

/** A lock may be released, or inherited, while this process looks at it. */
const TRIES = 5;

/** @returns whether nobody had it */
function take(root: string, folder: string): boolean {
  const made = aside(folder);
  try {
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { mode: 0o700 });
    // Without git's own folder around it, git would show it as new.
    writeFileSync(join(made, '.gitignore'), '*\n', { flag: 'wx' });
    writeFileSync(join(made, 'owner'), '', { flag: 'wx' });
    renameSync(join(made, 'owner'), join(made, ownerName(numberOf(join(made, 'owner')))));
    renameSync(made, folder);
    return true;
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // Windows gives EPERM for an existing folder; a link or a file gives ENOTDIR.
    const code = codeOf(error) ?? '';
    if (['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(code)) return false;
    if (code === 'EPERM' && lstatSync(folder, { throwIfNoEntry: false })) return false;
    throw writeFailure(root, error, 'Nothing was written. Make the folder writable');
  }
}

/** Releases the repository: the folder vanishes in one step, then is removed. */
export function release({ folder }: Lock): void {
  const gone = aside(folder);
  rmSync(gone, { recursive: true, force: true });
  renameSync(folder, gone);
  rmSync(gone, { recursive: true, force: true });
}

/** @returns whether this process is the heir; another one may be faster */
function inherit(folder: string, { file, number }: Owner): boolean {
  try {
    renameSync(join(folder, file), join(folder, ownerName(number)));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw writeFailure(join(folder, file), error, 'Nothing was written. Make the folder writable');
  }
}

interface Owner {
  readonly file: string;
  readonly pid: number;
  /** The number that the disk gave to the owner's file. */
  readonly number: string;
  readonly host: string;
}

/**
 * `owner.<pid>.<number>.<host>`. The number is that of the file itself: a disk gives each new file another, so neither an
 * archive nor a copy can bring an owner that is believed.
 */
function ownerName(number: string): string {
  return `owner.${process.pid}.${number}.${THIS_HOST}`;
}

const OWNER = /^owner\.([1-9]\d{0,9})\.(\d+)\.([\w.%~!*'()-]+)$/;
const THIS_HOST = encodeURIComponent(hostname());

function numberOf(file: string): string {
  return String(lstatSync(file, { bigint: true }).ino);
}

/** Where this process makes a lock before it is in its place, and puts it when it is over. */
function aside(folder: string): string {
  return `${folder}-${process.pid}.${THIS_HOST}`;
}

/**
 * Who has the lock; `undefined` where it was released or inherited just now.
 *
 * @throws {ProblemError} unless it is a private folder that was made here
 */
function ownerIn(folder: string): Owner | undefined {
  try {
    const stats = lstatSync(folder);
    const isPrivate = process.getuid === undefined || (stats.mode & 0o077) === 0;
    if (!stats.isDirectory() || !isOurs(stats) || !isPrivate) throw foreign(folder);
    const [file, ...more] = readdirSync(folder).filter((name) => name.startsWith('owner'));
    const [, pid, number, host] = OWNER.exec(file ?? '') ?? [];
    if (file === undefined || pid === undefined || number === undefined || host === undefined) {
      throw foreign(folder);
    }
    if (more.length > 0 || numberOf(join(folder, file)) !== number) throw foreign(folder);
    return { file, pid: Number(pid), number, host };
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (codeOf(error) === 'ENOENT') return undefined;
    throw writeFailure(folder, error, 'Nothing was written. Make the folder readable');
  }
}

/** Another machine's processes cannot be seen, so they are assumed to be alive. */
function isAlive({ pid, host }: Pick<Owner, 'pid' | 'host'>): boolean {
  if (host !== THIS_HOST) return true;
  // In a fresh container this process may have the number of the one before it.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Removes what killed runs left of a lock that was not yet, or no longer, in its place. */
function sweep(folder: string): void {
  const beginning = `${basename(folder)}-`;
  try {
    for (const name of readdirSync(dirname(folder))) {
      if (!name.startsWith(beginning)) continue;
      const [, pid, host] = /^([1-9]\d{0,9})\.(.+)$/.exec(name.slice(beginning.length)) ?? [];
      if (pid === undefined || host === undefined || isAlive({ pid: Number(pid), host })) continue;
      rmSync(join(dirname(folder), name), { recursive: true, force: true });
    }
  } catch (error) {
    throw writeFailure(dirname(folder), error, 'Nothing was written. Make the folder writable');
  }
}

function busy(folder: string, { pid, host }: Owner): ProblemError {
  return refused(
    folder,
    `another update of this repository is going on (process ${pid} on ${host})`,
    'Wait until it ends. If there is no such process, delete this folder',
  );
}

/** What a run of this machine cannot have left is neither used nor removed. */
function foreign(folder: string): ProblemError {
  return refused(
    folder,
    'it was not left by an update that you ran on this machine, so it is not used',
    'Delete it, then run this again',
  );
}
