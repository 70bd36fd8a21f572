import { hasInvisible } from './unprintable.ts';

/** One word of a POSIX shell command. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_/.:=@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * One word of a command that a person copies from a terminal. A word with characters that the terminal would hide or obey
 * is written in bytes, `$'\342\200\256'`, which bash, zsh, ksh, busybox and every shell of POSIX 2024 read.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_04
 */
export function pastedWord(word: string): string {
  if (!hasInvisible(word)) return shellWord(word);
  const escaped = Array.from(word, (character) =>
    hasInvisible(character) || character === '\n' || character === '\t'
      ? bytes(character)
      : character.replace(/[\\']/, '\\$&'),
  );
  return `$'${escaped.join('')}'`;
}

/** Octal, of three digits, since a `\x` of some shells takes more than two. */
function bytes(character: string): string {
  return Array.from(
    new TextEncoder().encode(character),
    (byte) => `\\${byte.toString(8).padStart(3, '0')}`,
  ).join('');
}
