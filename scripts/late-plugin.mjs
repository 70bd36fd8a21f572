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
  const variable = name.replaceAll('-', '_');
  return code
    .replace(
      `const require_${variable} = ${load};`,
      `let loaded_${variable};\nconst late_${variable} = () => loaded_${variable} ??= ${load};`,
    )
    .replaceAll(`require_${variable}.`, `(late_${variable}()).`);
}
