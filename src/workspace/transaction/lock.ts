import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ProblemError } from '../../text/problem.ts';
import { codeOf, writeFailure } from '../write-failure.ts';

/** The hidden folder that says an update is going on, and holds what it needs until it is done. */
export const CLAIM = '.gitlab-aws-oidc.update';

/** A repository that this process alone may change. */
export interface Claim {
  readonly folder: string;
  /** Whether a process that is no more left it, perhaps with work to be finished. */
  readonly inherited: boolean;
}

/**
 * Claims a repository for this process. The folder is made elsewhere and renamed to its place, and a dead owner's name
 * in it is renamed to ours: either is done by one process or by none.
 *
 * @throws {ProblemError} when another run is going on
 */
export function claim(root: string): Claim {
  sweep(root);
  const folder = join(root, CLAIM);
  for (let tries = 0; tries < TRIES; tries++) {
    if (claimFree(root, folder)) return { folder, inherited: false };
    const owner = ownerIn(folder);
    if (owner && isAlive(owner)) throw busy(folder, owner);
    if (owner && inherit(folder, owner)) return { folder, inherited: true };
  }
  throw busy(folder, undefined);
}

/** A claim may be given free, or taken over, while this process looks at it. */
const TRIES = 5;

/** @returns whether nobody had it */
function claimFree(root: string, folder: string): boolean {
  const made = aside(folder);
  try {
    mkdirSync(made);
    writeFileSync(join(made, ownerName(process.pid)), '');
    renameSync(made, folder);
    return true;
  } catch (error) {
    rmSync(made, { recursive: true, force: true });
    // EPERM is what Windows says of a folder that is there.
    if (['EEXIST', 'ENOTEMPTY'].includes(codeOf(error) ?? '')) return false;
    if (codeOf(error) === 'EPERM' && existsSync(folder)) return false;
    throw writeFailure(root, error, 'Nothing was written; make the folder writable');
  }
}

/** Gives the repository free: it vanishes in one step, then is removed. */
export function release({ folder }: Claim): void {
  const gone = aside(folder);
  renameSync(folder, gone);
  rmSync(gone, { recursive: true, force: true });
}

/** @returns whether this process is the heir; another one may be faster */
function inherit(folder: string, { file }: Owner): boolean {
  try {
    renameSync(join(folder, file), join(folder, ownerName(process.pid)));
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw writeFailure(join(folder, file), error, 'Nothing was written; make the folder writable');
  }
}

interface Owner {
  readonly file: string;
  readonly pid: number;
  readonly host: string;
}

/** `owner.<pid>.<host>` */
function ownerName(pid: number): string {
  return `owner.${pid}.${encodeURIComponent(hostname())}`;
}

/** Where this process makes a claim before it is in its place, and puts it when it is over. */
function aside(folder: string): string {
  return `${folder}-${ownerName(process.pid)}`;
}

function ownerIn(folder: string): Owner | undefined {
  try {
    return readdirSync(folder)
      .map((file) => ownerOf(file))
      .find((owner) => owner !== undefined);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function ownerOf(file: string): Owner | undefined {
  const [, pid, host] = /^(?:.*-)?owner\.(\d+)\.(.*)$/.exec(file) ?? [];
  return pid === undefined || host === undefined ? undefined : { file, pid: Number(pid), host };
}

/** Another machine's processes cannot be seen, so they are taken for alive. */
function isAlive({ pid, host }: Owner): boolean {
  if (host !== encodeURIComponent(hostname())) return true;
  // In a fresh container this process may have the number of the one before it.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Removes what killed runs left of a claim that was not yet, or no longer, in its place. */
function sweep(root: string): void {
  for (const name of readdirSync(root).filter((entry) => entry.startsWith(`${CLAIM}-`))) {
    const owner = ownerOf(name);
    if (owner && !isAlive(owner)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

function busy(folder: string, owner: Owner | undefined): ProblemError {
  const who = owner ? ` (process ${owner.pid} on ${decodeURIComponent(owner.host)})` : '';
  return new ProblemError([
    {
      where: folder,
      what: `another update of this repository is going on${who}`,
      fix: 'Wait for it; if there is none, rename this folder away and look at what is in it before you delete it',
    },
  ]);
}
