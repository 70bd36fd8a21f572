/** The cells of a row of a GitHub- or GitLab-flavoured table: a pipe behind a backslash is none of its bars. */
function cells(row: string): string[] {
  return [...row.matchAll(/(?<=\|)((?:\\\||[^|])*)\|/g)].map(([, cell = '']) =>
    cell.replaceAll('\\|', '|').replace(/^[ \t]+|[ \t]+$/g, ''),
  );
}

/** The tables of a page, each row by row. */
export function tables(page: string): string[][][] {
  return page
    .split('\n\n')
    .filter((block) => block.startsWith('|'))
    .map((block) => block.trimEnd().split('\n').map(cells));
}

/**
 * What a reader sees of a paragraph or cell; `<br>` is a new line.
 *
 * @throws {Error} at a character that could begin markup
 */
export function seen(source: string): string {
  let text = '';
  for (let rest = source; rest !== '';) {
    const token =
      /^\\([!-/:-@[-`{-~])/.exec(rest) ??
      /^(?<entity>&(?:lt|amp);)/.exec(rest) ??
      /^(?<br><br>)/.exec(rest) ??
      /^<code>(?<element>(?:[A-Za-z0-9 ]|[^\0-\x7f]|&#\d+;)*)<\/code>/u.exec(rest) ??
      /^(?<fence>`+)(?!`)(?<code>.*?[^`])\k<fence>(?!`)/su.exec(rest) ??
      /^([^\\&<>`*_[\]~])/su.exec(rest);
    if (!token) throw new Error(`this could begin markup: ${rest}`);
    const { entity, br, element, code } = token.groups ?? {};
    if (entity) text += entity === '&lt;' ? '<' : '&';
    else if (br) text += '\n';
    else if (element !== undefined)
      text += element.replace(/&#(\d+);/g, (_, digits: string) =>
        String.fromCharCode(Number(digits)),
      );
    else if (code) text += /^ .*[^ ].* $/su.test(code) ? code.slice(1, -1) : code;
    else text += token[1] ?? '';
    rest = rest.slice(token[0].length);
  }
  return text;
}

/** What a reader sees of a quoted Mermaid label. */
export function mermaidSeen(label: string): string {
  const [, inner] = /^"([^"\n]*)"$/.exec(label) ?? [];
  if (inner === undefined) throw new Error(`this is not one quoted label: ${label}`);
  return inner.replace(/#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)));
}
