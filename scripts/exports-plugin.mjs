/** What the bundler writes for each name that a chunk gives to others. */
const GETTER = String.raw`Object\.defineProperty\(exports,"([\w$]+)",\{enumerable:!0,get:function\(\)\{return ([\w$.]+)\}\}\)`;
const GETTERS = new RegExp(`${withoutGroups(GETTER)}(?:,${withoutGroups(GETTER)})+`, 'g');

/** A Rolldown plugin that defines all names of a chunk in one loop: there are hundreds, and each would be a line of code. */
export const shortExports = {
  name: 'short-exports',
  generateBundle(_options, output) {
    for (const chunk of Object.values(output)) chunk.code = chunk.code.replace(GETTERS, together);
  },
};

function together(getters) {
  const names = [...getters.matchAll(new RegExp(GETTER, 'g'))];
  const list = names.map(([, name, value]) => `${name}:()=>${value}`).join();
  return `(e=>{for(let n in e)Object.defineProperty(exports,n,{enumerable:!0,get:e[n]})})({${list}})`;
}

function withoutGroups(pattern) {
  return pattern.replace(/(?<!\\)\(/g, '(?:');
}
