import { fileURLToPath } from 'node:url';

/** A module in the place of a prompt. */
function noPrompt(name) {
  return `export default () => { throw new Error('the ${name} prompt is not bundled'); };`;
}

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));

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
  // The same library as modules: what is not used falls away, and nothing looks for its files.
  yaml: `export * from '${modules}yaml/browser/index.js';`,
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

/** What js-yaml writes YAML with, and its other schemas: making them at every start is all that they would do here. */
export const unusedOfYaml = {
  name: 'unused-of-yaml',
  transform: {
    filter: { id: /\/node_modules\/js-yaml\// },
    handler: (code) =>
      code
        .replace(/^(var [\w$]+ = )(?=(?:new Schema|define\w+Tag|\w+\.withTags)\()/gm, `$1${PURE} `)
        .replace(/^(var [\w$]+ = )((?:new RegExp\()?`.*);$/gm, `$1${PURE} (() => $2)();`),
  },
};

/** By it, the bundler knows that a call changes nothing, and leaves it out where nobody uses what it returns. */
const PURE = '/* @__PURE__ */';
