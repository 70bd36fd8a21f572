/** What the bundler writes for each name that a chunk gives to others. */
const GETTER = String.raw`Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$.]+)\}\}\)`;
const GETTERS = new RegExp(`${withoutGroups(GETTER)}(?:,${withoutGroups(GETTER)})+`, 'g');

/**
 * A Rolldown plugin that gives the names of a chunk to others in one expression: there are hundreds, and each would be a line of
 * code. The bundler writes a function for each, which Node compiles when another chunk reads the name. Only a variable needs
 * one, since its value may change later; functions and constants are given as they are.
 */
export const shortExports = {
  name: 'short-exports',
  generateBundle(_options, output) {
    for (const chunk of Object.values(output)) {
      const fixed = fixedNames(this.parse(chunk.code));
      chunk.code = chunk.code.replace(GETTERS, (getters) => together(getters, fixed));
    }
  },
};

function together(getters, fixed) {
  const names = [...getters.matchAll(new RegExp(GETTER, 'g'))];
  const values = names.filter(([, , value]) => fixed.has(value));
  const functions = names.filter(([, , value]) => !fixed.has(value));
  const given = `Object.assign(exports,{${values.map(([, name, value]) => `${name}:${value}`).join()}})`;
  if (functions.length === 0) return given;
  const list = functions.map(([, name, value]) => `${name}:()=>${value}`).join();
  return `${given},(e=>{for(let n in e)Object.defineProperty(exports,n,{enumerable:!0,get:e[n]})})({${list}})`;
}

/** @returns {Set<string>} the names at the top of a chunk that keep the value which they have at its end */
function fixedNames({ body }) {
  return new Set(
    body.flatMap((statement) => {
      if (statement.type === 'FunctionDeclaration') return [statement.id.name];
      if (statement.type !== 'VariableDeclaration') return [];
      return statement.declarations
        .filter(({ init }) => statement.kind === 'const' || init?.type === 'ClassExpression')
        .map(({ id }) => id.name);
    }),
  );
}

function withoutGroups(pattern) {
  return pattern.replace(/(?<!\\)\(/g, '(?:');
}
