/** A compiled pattern: code units, with `MANY` for `*` and `ONE` for `?`. */
export type Pattern = readonly number[];

/** `*` in a {@link Pattern}. */
export const MANY = -1;
/** `?` in a {@link Pattern}. */
export const ONE = -2;

/** A piece of a pattern: text to match as it stands, or a wildcard. */
export type PatternPart = { readonly text: string } | { readonly wildcard: '*' | '?' };

export function compilePattern(parts: readonly PatternPart[]): Pattern {
  const pattern: number[] = [];
  for (const part of parts) {
    if ('wildcard' in part) pattern.push(part.wildcard === '*' ? MANY : ONE);
    else for (let at = 0; at < part.text.length; at++) pattern.push(part.text.charCodeAt(at));
  }
  return pattern;
}

/** Reads `*` and `?` in plain text; policy variables are the template's business. */
export function patternParts(text: string): PatternPart[] {
  return text
    .split(/([*?])/)
    .map((piece) => (piece === '*' || piece === '?' ? { wildcard: piece } : { text: piece }));
}

/**
 * Matches the whole text. Only the last `*` is ever retried, so the cost is at most
 * text × pattern, whatever the policy holds.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === MANY) {
      star = next++;
      starAt = at;
    } else if (wanted === ONE) {
      at += characterLength(text, at);
      next++;
    } else if (wanted === text.charCodeAt(at)) {
      at++;
      next++;
    } else if (star >= 0) {
      at = ++starAt;
      next = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[next] === MANY) next++;
  return next === pattern.length;
}

/** `?` is one character, which outside the basic plane is two code units. */
function characterLength(text: string, at: number): 1 | 2 {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Matches a text against a pattern written with `*` and `?`, case-sensitively. */
export function like(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  return matchesPattern(compilePattern(patternParts(pattern)), text);
}
