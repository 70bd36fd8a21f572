import fc from 'fast-check';
import { marked } from 'marked';
import MarkdownIt from 'markdown-it';
import { expect, test } from '@jest/globals';
import { code, markdown } from '../../src/render/escape/markdown.ts';
import { runs } from '../support/tools/runs.ts';

const PARSERS: [name: string, parse: (page: string) => string][] = [
  ['marked', (page) => marked.parse(page, { async: false, gfm: true })],
  ['markdown-it', (page) => new MarkdownIt({ html: true }).render(page)],
];

/** Text that is at home in none of the languages on the way. */
const HOSTILE = fc
  .array(
    fc.constantFrom(
      '|',
      '\\',
      '`',
      '<img src=x onerror=alert(1)>',
      '&lt;',
      '*',
      '_',
      '[a](b)',
      '\n',
      ' ',
      'a',
      '~~',
      '$',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** The cells of the one row of a rendered table, and the elements in it. */
function row(html: string): { cells: number; tags: string[] } {
  const body = html.slice(html.indexOf('<tbody>'));
  return {
    cells: body.match(/<td/g)?.length ?? 0,
    tags: [...new Set([...body.matchAll(/<([a-z0-9]+)/g)].map(([, tag = '']) => tag))].sort(),
  };
}

test.each(PARSERS)(
  'in %s, any text keeps to its cell of a table and holds no markup',
  (_, parse) => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, (inCode, inText) => {
        const page = `| A | B |\n| --- | --- |\n| ${code(inCode)} | ${markdown(inText)} |\n`;
        const { cells, tags } = row(parse(page));
        expect(cells).toBe(2);
        expect(tags.filter((tag) => !['code', 'tbody', 'td', 'tr'].includes(tag))).toEqual([]);
      }),
      {
        numRuns: runs(300),
        examples: [
          ['a\\|<img src=x onerror=alert(1)>|b', '|'],
          ['`|`', '\\|'],
        ],
      },
    );
  },
);
