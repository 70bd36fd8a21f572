import { MANY, ONE, type Pattern } from '../../iam/evaluate/wildcard.ts';

const STAR = '*'.charCodeAt(0);
const QUESTION_MARK = '?'.charCodeAt(0);
/** Far fewer than a call may have arguments. */
const MOST_AT_ONCE = 4096;

/** A pattern's characters, `*` and `?` for its wildcards. */
export function patternText(pattern: Pattern): string {
  const codes = pattern.map((one) => (one === MANY ? STAR : one === ONE ? QUESTION_MARK : one));
  let text = '';
  for (let from = 0; from < codes.length; from += MOST_AT_ONCE)
    text += String.fromCharCode(...codes.slice(from, from + MOST_AT_ONCE));
  return text;
}

/** A pattern as a policy writes it, in which a plain `*` or `?` is a variable. */
export function patternLabel(pattern: Pattern): string {
  return pattern
    .map((one) => {
      const text = patternText([one]);
      return one >= 0 && /^[*?]$/.test(text) ? `\${${text}}` : text;
    })
    .join('');
}
