import { MANY, ONE, type Pattern } from '../../iam/evaluate/wildcard.ts';

/** A pattern's characters, `*` and `?` for its wildcards. */
export function patternText(pattern: Pattern): string {
  let text = '';
  for (const one of pattern)
    text += one === MANY ? '*' : one === ONE ? '?' : String.fromCharCode(one);
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
