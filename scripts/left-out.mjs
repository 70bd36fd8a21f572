/** A module in the place of a prompt. */
function noPrompt(name) {
  return `export default () => { throw new Error('the ${name} prompt is not bundled'); };`;
}

/** Modules that are not bundled as they are, most since this program never reaches them, and what stands in for each. */
const INSTEAD = {
  // Inquirer's prompt that opens an editor; no question uses it, and its character sets are half a megabyte.
  '@inquirer/editor': noPrompt('editor'),
  // Its other prompts that no question uses.
  '@inquirer/expand': noPrompt('expand'),
  '@inquirer/number': noPrompt('number'),
  '@inquirer/rawlist': noPrompt('rawlist'),
  '@inquirer/search': noPrompt('search'),
  // What a proxy agent would print of each request where DEBUG is set.
  debug: `export default () => Object.assign(() => undefined, { enabled: false });`,
  // Operations whose answers are streams of events: of those that are called, none is.
  '@smithy/core/event-streams': `export const EventStreamSerde = undefined;`,
  // Kerberos for proxies, which needs a package that is compiled.
  'proxy-agent-negotiate': `export const createNegotiateAuth = undefined;`,
};

/** A Rolldown plugin that leaves those modules out of the bundle. */
export const leftOut = {
  name: 'left-out',
  resolveId: {
    filter: { id: new RegExp(`^(${Object.keys(INSTEAD).join('|')})$`) },
    handler: (name) => `\0left-out:${name}`,
  },
  load: {
    filter: { id: /^\0left-out:/ },
    handler: (id) => ({ code: INSTEAD[id.slice('\0left-out:'.length)], moduleType: 'js' }),
  },
};

/** What an AWS client knows of each error, by which only fields that nobody reads are added; code and message are read without it. */
export const errorSchemas = {
  name: 'error-schemas',
  transform: {
    filter: { id: /@aws-sdk\/client-organizations\/.*\/schemas_0\.js$/ },
    handler: (code) => code.replace(/^n0_registry\.registerError\(.*\);$/gm, ''),
  },
};

/** What js-yaml makes when it is loaded, and does not say that it is nothing else: schemas and patterns, most of them for writing. */
export const pureValues = {
  name: 'pure-values',
  transform: {
    filter: { id: /\/node_modules\/js-yaml\// },
    handler: (code) =>
      code.replace(
        /^((?:const|var) [\w$]+ = )(?=(?:new )?[\w.]+\(|String\.raw`)/gm,
        '$1/* @__PURE__ */ ',
      ),
  },
};
