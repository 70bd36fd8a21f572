import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Handlebars from 'handlebars';
import {
  type Helpers,
  type Options,
  type Program,
  rendered,
} from '../../../src/render/template/program.ts';

const compiler = (await import(
  new URL('../../../scripts/template-module.mjs', import.meta.url).href
)) as { programOf: (source: string, name: string) => Program };

/** Writes what reaches it, so that every value and option can be seen. */
const shown = (value: unknown, options: Options) => {
  const inOrder = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return `<${JSON.stringify([value, ...inOrder])}>`;
};

const HELPERS: Helpers = {
  ts: shown,
  hcl: shown,
  hclAttributes: shown,
  cfn: shown,
  json: shown,
  yaml: shown,
  markdown: shown,
  code: shown,
  mermaid: shown,
  sh: shown,
  identifier: shown,
  include: shown,
};

const ours = (source: string, view: unknown) =>
  rendered(compiler.programOf(source, 'test.hbs'), HELPERS, view);

const handlebars = Handlebars.create();
handlebars.registerHelper('code', (value: unknown, { hash }: Handlebars.HelperOptions) =>
  shown(value, hash as Options),
);
handlebars.registerHelper('sh', (value: unknown, { hash }: Handlebars.HelperOptions) =>
  shown(value, hash as Options),
);
const theirs = (source: string, view: unknown) =>
  handlebars.compile(source, { noEscape: true, knownHelpers: { code: true, sh: true } })(view);

/** Every construct that a template may have, within one another. */
const SOURCE = `{{! What nobody sees. }}
Title {{code title}} {{sh title}}
{{#if flag}}
yes{{#if title}} and titled{{/if}}
{{else if count}}
counted {{code count}}
{{else}}
no
{{/if}}
{{#unless flag}}
  unless {{code nested.name cell=false indent=4}}
{{/unless}}
{{#each items}}
- {{#unless @first}}, {{/unless}}{{code name indent=../count column=3}}{{#if inner}}:{{#each inner}} {{code this}}{{#if @first}}!{{/if}}{{sh ../../title}}{{/each}}{{/if}}
{{else}}
empty
{{/each}}
{{#each words}}{{#unless @first}} | {{/unless}}{{code this cell=true}}{{/each}}
end
`;

const text = fc.string();
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const object = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });
const views = object({
  title: maybe(text),
  flag: maybe(fc.oneof(fc.boolean(), text, fc.constant(null), fc.array(text, { maxLength: 1 }))),
  count: fc.nat(2),
  nested: object({ name: maybe(text) }),
  items: maybe(
    fc.array(object({ name: maybe(text), inner: maybe(fc.array(text, { maxLength: 3 })) }), {
      maxLength: 3,
    }),
  ),
  words: fc.array(text, { maxLength: 3 }),
});

describe('a template', () => {
  test('says what Handlebars makes of it', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(ours(SOURCE, view)).toBe(theirs(SOURCE, view));
      }),
    );
  });

  test('repeats what makes one item after the other, and joins however many', () => {
    const source =
      '{{#each words}}{{#unless @first}}, {{/unless}}{{code this}}{{else}}none{{/each}}';
    const words = Array.from({ length: 10_000 }, (_, n) => `word ${n}`);
    expect(ours(source, { words: new Set(words) })).toBe(theirs(source, { words }));
  });

  test('reads nothing that an object does not have of its own', () => {
    expect(ours('{{code constructor}} {{code toString}}', {})).toBe('<[null]> <[null]>');
  });

  test('that leads through nothing does not end as an empty place', () => {
    expect(() => ours('{{code nested.name}}', {})).toThrow('nothing has the key name');
  });

  test('repeats nothing but a list', () => {
    expect(() => ours('{{#each words}}x{{/each}}', { words: 'abc' })).toThrow(
      'words is not a list',
    );
  });
});

describe('a template is refused when the program is built', () => {
  test.each([
    [
      'a value without the helper of its language',
      '\n{{title}}',
      'test.hbs:2: {{title}} would reach the text unescaped',
    ],
    ['a value with three braces', '{{{title}}}', 'would reach the text unescaped'],
    ['another template inside', '{{> part}}', 'would reach the text unescaped'],
    ['a block of another kind', '{{#with a}}x{{/with}}', 'test.hbs:1: templates do not have with'],
    ['a number of an item', '{{#each a}}{{code @index}}{{/each}}', 'do not have @index'],
    ['a call inside a call', '{{code (code a)}}', 'do not have SubExpression'],
    ['two values for one helper', '{{code a b}}', 'do not have 2 parameters'],
    [
      'a name for an item',
      '{{#each a as |b|}}{{code b}}{{/each}}',
      'do not have names for an item',
    ],
  ])('%s', (_, source, message) => {
    expect(() => compiler.programOf(source, 'test.hbs')).toThrow(message);
  });
});
