import { hash } from 'node:crypto';

/**
 * The id that git gives to a file of this content, so that `git cat-file blob` finds it again in a repository's history.
 * It says whether a file was changed; it does not protect against someone who wants to deceive.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function blobId(content: string | Buffer): string {
  const header = `blob ${Buffer.byteLength(content)}\0`;
  const bytes =
    typeof content === 'string' ? header + content : Buffer.concat([Buffer.from(header), content]);
  return hash('sha1', bytes);
}
