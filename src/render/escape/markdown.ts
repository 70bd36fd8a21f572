import { visible } from '../../text/unprintable.ts';

/** What a browser shows as one space. */
const WHITE_SPACE = /[ \t\r\n\f\v]+/g;

/** Text that is the same in Markdown, which most is, but for two spaces. */
const AS_IT_IS = /^[ -#%'-)+-;=?-Z^a-z]*$/;

/** Text in a Markdown paragraph or table cell. */
export function markdown(text: string): string {
  if (AS_IT_IS.test(text) && !text.includes('  ')) return text;
  return visible(text.replace(WHITE_SPACE, ' ')).replace(/[\\`*_{}[\]()<>#+!|~$&-]/g, (c) =>
    /[-()+#!]/.test(c) ? c : c === '<' ? '&lt;' : c === '&' ? '&amp;' : `\\${c}`,
  );
}

/** A word without a backtick or a `|`. */
const WORD = /^[!-_a-{}~]+$/;

/**
 * Text as inline code.
 *
 * @param cell whether it stands in a table. A `|` in a code span there ends the cell in some parsers whatever stands
 *   before it, so such text is an HTML element in which every sign is a character reference.
 * @see https://github.github.com/gfm/#tables-extension-
 */
export function code(text: string, cell = true): string {
  if (WORD.test(text)) return `\`${text}\``;
  const line = visible(text.replace(WHITE_SPACE, ' '));
  if (cell && line.includes('|')) {
    return `<code>${line.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
  }
  const longest = [...line.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  const pad = /^`|`$|^ .*[^ ].* $|^$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text in a quoted label of a Mermaid diagram. @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
export function mermaid(text: string): string {
  return `"${visible(text.replace(WHITE_SPACE, ' ')).replace(/[^A-Za-z0-9 /.,:_-]/gu, (c) => `#${c.codePointAt(0) ?? 0};`)}"`;
}
