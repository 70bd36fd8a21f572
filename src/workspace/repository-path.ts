/** Letters, digits and marks of ASCII: a file system could take two spellings of any other character for one name. */
const PART = /^[\w.+=,@-]+$/;

/** Windows takes these for devices, whatever extension they have. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The longest path that every system has, in characters. */
const LONGEST = 1024;

/**
 * Whether a path from a file that anybody may have written leads to a place inside a repository, on every system, and to
 * none of git's own. What is generated has such paths only.
 *
 * @param path relative, with `/`
 * @see https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
export function isRepositoryPath(path: string): boolean {
  return path.length <= LONGEST && path.split('/').every(isPlainName);
}

/** Windows ignores a dot at the end, so `.git.` is git's own there, and `..` is the folder above everywhere. */
function isPlainName(name: string): boolean {
  return (
    PART.test(name) && !name.endsWith('.') && !DEVICE.test(name) && name.toLowerCase() !== '.git'
  );
}

/** A name that two paths share on a disk that does not tell capital from small letters. */
export function sameIgnoringCase(paths: Iterable<string>): string | undefined {
  const found = new Map<string, string>();
  for (const path of paths) {
    const known = found.get(path.toLowerCase());
    if (known !== undefined && known !== path) return path;
    found.set(path.toLowerCase(), path);
  }
  return undefined;
}
