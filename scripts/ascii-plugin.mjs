/** A Rolldown plugin that escapes what is not ASCII, so that V8 holds the program in half the memory. */
export const ascii = {
  name: 'ascii',
  generateBundle(_options, output) {
    for (const chunk of Object.values(output))
      chunk.code = chunk.code.replace(/[^\0-\x7f]/g, escape);
  },
};

function escape(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
