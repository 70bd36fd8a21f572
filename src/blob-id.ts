import { sha1 } from './sha1.ts';

/**
 * The id that git gives to a file of this content, so that `git cat-file blob` finds it again in a repository's history.
 * It says whether a file was changed; it is no guard against somebody who wants to deceive.
 *
 * @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export function blobId(text: string): string {
  return known.get(text) ?? countedId(text);
}

const known = new Map<string, string>();

/** Takes note of an id that was counted when the program was built. */
export function noteBlobId(text: string, id: string): void {
  known.set(text, id);
}

function countedId(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return sha1(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]));
}
