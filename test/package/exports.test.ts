import { createContext, runInContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import { parseAst } from 'rolldown/parseAst';

interface Plugin {
  readonly generateBundle: (options: unknown, output: Record<string, { code: string }>) => void;
}

const { shortExports } = (await import(
  new URL('../../scripts/exports-plugin.mjs', import.meta.url).href
)) as { shortExports: Plugin };

/** What the bundler writes for a name that a chunk gives to others. */
const getter = (name: string, value: string) =>
  `Object.defineProperty(exports,"${name}",{enumerable:!0,get:function(){return ${value}}})`;

/** What others get of a chunk with this code, and how. */
function given(code: string, names: Readonly<Record<string, string>>) {
  const getters = Object.entries(names).map(([name, value]) => getter(name, value));
  const chunk = { code: `${code}${getters.join()};` };
  ({ ...shortExports, parse: parseAst }).generateBundle({}, { chunk });
  const exports: Record<string, unknown> = {};
  runInContext(chunk.code, createContext({ exports }));
  return { exports, how: Object.getOwnPropertyDescriptors(exports) };
}

test('functions, constants and classes are given as they are, so that Node compiles no function to read them', () => {
  const code = 'function f(){return 1}const c=2;var k=class{};';
  const { exports, how } = given(code, { a: 'f', b: 'c', d: 'k' });
  expect(exports).toMatchObject({ b: 2 });
  expect([exports['a'], exports['d']]).toEqual([expect.any(Function), expect.any(Function)]);
  expect(Object.values(how).filter((descriptor) => 'get' in descriptor)).toEqual([]);
});

test('a variable that changes later is read when others use it', () => {
  const { exports } = given('let n=0;function more(){n++}', { n: 'n', more: 'more' });
  (exports['more'] as () => void)();
  expect(exports['n']).toBe(1);
});
