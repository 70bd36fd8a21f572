/** Text in a Markdown paragraph or table cell. */
export function markdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()<>#+!|~$&-]/g, (c) =>
      /[-()+#!]/.test(c) ? c : c === '<' ? '&lt;' : c === '&' ? '&amp;' : `\\${c}`,
    );
}

/** Text as inline code, in a table cell too. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${pad}${line.replaceAll('|', '\\|')}${pad}${fence}`;
}

/** Text in a quoted label of a Mermaid diagram. @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
export function mermaid(text: string): string {
  return `"${text.replace(/\s+/g, ' ').replace(/[^A-Za-z0-9 /.,:_-]/gu, (c) => `#${c.codePointAt(0) ?? 0};`)}"`;
}
