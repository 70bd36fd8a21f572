import { createHash } from 'node:crypto';

/**
 * The id that git gives to a file of this content, so that `git cat-file blob` finds it again in a repository's history.
 * It says whether a file was changed; it does not protect against someone who wants to deceive.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function blobId(content: string | Buffer): string {
  const length = Buffer.byteLength(content);
  return createHash('sha1').update(`blob ${length}\0`).update(content).digest('hex');
}
