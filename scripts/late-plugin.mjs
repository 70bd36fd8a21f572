/**
 * A Rolldown plugin that loads some chunks, and modules of Node, when the first of their exports is used, not together with the
 * chunk that imports them: most of what a run does without is used by functions that it does not call.
 *
 * @param {readonly string[]} names of the chunks
 * @param {readonly string[]} modules of Node, without `node:`
 */
export function late(names, modules) {
  const chunks = names.map((name) => [
    `const require_${name.replaceAll('-', '_')}`,
    `./${name}.js`,
  ]);
  const ofNode = modules.map((name) => [`let node_${name.replace('/', '_')}`, `node:${name}`]);
  return {
    name: 'late',
    renderChunk: (code) => [...chunks, ...ofNode].reduce(loadedLate, code),
  };
}

function loadedLate(code, [declaration, module]) {
  const [, name] = declaration.split(' ');
  const load = `require("${module}")`;
  const changed = code
    .replace(
      `${declaration} = ${load};`,
      `let loaded_${name};\nconst late_${name} = () => loaded_${name} ??= ${load};`,
    )
    .replaceAll(`${name}.`, `(late_${name}()).`);
  // A library may use the module as a whole.
  return new RegExp(`\\b${name}\\b`).test(changed) ? code : changed;
}
