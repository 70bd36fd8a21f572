import { createHash, randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  lstatSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { readJson } from '../../text/json-text.ts';
import { ProblemError } from '../../text/problem.ts';
import { readPlainFile } from '../../workspace/plain-file.ts';
import type { LiveAccount, LiveFacts } from './live-account.ts';

/** How long what was read is used again. Milliseconds. */
const MOST_AGE = 12 * 3600 * 1000;
/** The largest account that is kept, in MB: 5,000 roles have about 25. */
const MOST = 400;

const text = v.string();
const texts = v.array(text);
const Facts = v.object({
  version: v.literal(1),
  account: v.pipe(text, v.regex(/^\d{12}$/)),
  read: v.pipe(text, v.isoTimestamp()),
  providers: v.array(v.object({ arn: text, url: text, clientIds: texts, thumbprints: texts })),
  gitlabs: texts,
  levels: v.exactOptional(
    v.array(
      v.array(
        v.object({
          kind: v.picklist(['service-control', 'resource-control']),
          name: v.exactOptional(text),
          document: v.unknown(),
          place: v.object({ file: text, path: text }),
        }),
      ),
    ),
  ),
  unknownPolicies: v.exactOptional(text),
});

/**
 * Accounts that were read, so that a run which did not come to its end need not be begun again. One file an account, in a
 * folder of the user that only its owner can open: never in the folder that the program runs in, since what is there may
 * come from anyone. It holds policies and no credential.
 */
export class AccountCache {
  private constructor(
    readonly folder: string,
    private readonly now: () => number,
  ) {}

  /**
   * @param of whom and where AWS was asked as: each has its own folder
   * @throws {ProblemError} where the folder cannot be made, or others can write there
   */
  static open(
    of: readonly string[],
    env: NodeJS.ProcessEnv,
    now: () => number = Date.now,
  ): AccountCache {
    const id = createHash('sha256').update(of.join('\0')).digest('hex').slice(0, 16);
    const above = join(userCache(env), 'create-gitlab-aws-oidc');
    const folder = join(above, `audit-${id}`);
    try {
      mkdirSync(userCache(env), { recursive: true });
      for (const one of [above, folder]) makePrivate(one);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw unusable(folder, error instanceof Error ? error.message : String(error));
    }
    const cache = new AccountCache(folder, now);
    cache.#removeOld();
    return cache;
  }

  /** Keeps an account; a run that is killed meanwhile leaves the previous one. */
  put(facts: LiveFacts, details: string): void {
    const path = this.#pathOf(facts.account);
    const unfinished = `${path}.${randomUUID()}`;
    writeFileSync(unfinished, `${JSON.stringify({ version: 1, ...facts })}\n${details}`, {
      mode: 0o600,
      flag: 'wx',
    });
    renameSync(unfinished, path);
  }

  /** An account that was read not long ago. What is damaged, or not of this account, is as if there were nothing. */
  get(account: string): LiveAccount | undefined {
    const whole = this.#textOf(account);
    const read = readJson(whole.slice(0, Math.max(0, whole.indexOf('\n'))));
    if ('flaw' in read) return undefined;
    const result = v.safeParse(Facts, read.json);
    if (!result.success || result.output.account !== account) return undefined;
    const { version: _, ...facts } = result.output;
    const age = this.now() - Date.parse(facts.read);
    if (age < 0 || age > MOST_AGE) return undefined;
    return this.#held(facts);
  }

  /** An account that was kept by this run. */
  kept(facts: LiveFacts): LiveAccount {
    return this.#held(facts);
  }

  #held(facts: LiveFacts): LiveAccount {
    const details = () => {
      const whole = this.#textOf(facts.account);
      return Promise.resolve(whole.slice(whole.indexOf('\n') + 1));
    };
    return { ...facts, details };
  }

  #textOf(account: string): string {
    try {
      return readPlainFile(this.#pathOf(account), MOST)?.bytes.toString() ?? '';
    } catch (error) {
      if (error instanceof ProblemError) return '';
      throw error;
    }
  }

  #pathOf(account: string): string {
    return join(this.folder, `${account}.json`);
  }

  /** What is too old to be used need not lie around. */
  #removeOld(): void {
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name);
      const age = this.now() - statSync(path).mtimeMs;
      if (age > MOST_AGE) rmSync(path, { force: true, recursive: true });
    }
  }
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ a relative path in XDG_CACHE_HOME is not valid */
export function userCache(env: NodeJS.ProcessEnv): string {
  const { XDG_CACHE_HOME: named = '', LOCALAPPDATA: local = '' } = env;
  if (isAbsolute(named)) return named;
  if (process.platform === 'win32' && isAbsolute(local)) return local;
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/** Makes a folder for its owner alone, or accepts one that is. */
function makePrivate(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) return;
  const stats = lstatSync(folder);
  const isOurs = process.getuid === undefined || stats.uid === process.getuid();
  if (!stats.isDirectory() || !isOurs) throw unusable(folder, 'it is not a folder of yours');
  // Windows has no such bits.
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0)
    throw unusable(folder, 'others can open it');
}

function unusable(where: string, what: string): ProblemError {
  return new ProblemError([
    {
      where,
      what: `what is read of the accounts cannot be kept there: ${what}`,
      fix: 'Delete it, or set XDG_CACHE_HOME to an absolute path of a folder of your own',
    },
  ]);
}
