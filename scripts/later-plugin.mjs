/** How a chunk loads others when it is loaded itself: the bundler writes it only so. */
const REQUIRE = /(?<=[\s,][\w$]+ ?= ?)require\((["'`])\.\/(later[\w-]*\.js)\1\)/g;

/**
 * A Rolldown plugin that has the chunks of what few runs need read at the first use of anything in them, as `import defer` will
 * do it one day. An object stands in for such a chunk, and gets the chunk as its prototype then.
 */
export const later = {
  name: 'later',
  generateBundle(_options, output) {
    for (const chunk of Object.values(output)) {
      if (chunk.type !== 'chunk' || chunk.fileName.startsWith('later')) continue;
      chunk.code = chunk.code.replace(
        REQUIRE,
        (_, _quote, name) => `(${STAND_IN})(()=>require("./${name}"))`,
      );
    }
  },
};

const STAND_IN =
  'l=>{let o=Object.create(new Proxy({},{get:(_,n)=>Object.setPrototypeOf(o,l())[n]}));return o}';
