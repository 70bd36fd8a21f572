/**
 * A Rolldown plugin that loads some chunks when the first of their exports is used, not together with the chunk that imports
 * them: most of what a first run does without is used by functions that it does not call.
 *
 * @param {readonly string[]} names of the chunks
 */
export function late(names) {
  return {
    name: 'late',
    renderChunk: (code) => names.reduce(loadedLate, code),
  };
}

function loadedLate(code, name) {
  const load = `require("./${name}.js")`;
  return code
    .replace(
      `const require_${name} = ${load};`,
      `let loaded_${name};\nconst late_${name} = () => loaded_${name} ??= ${load};`,
    )
    .replaceAll(`require_${name}.`, `(late_${name}()).`);
}
