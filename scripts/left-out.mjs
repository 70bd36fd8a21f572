import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A module in the place of a prompt. */
function noPrompt(name) {
  return `export default () => { throw new Error('the ${name} prompt is not bundled'); };`;
}

/** Packages, as they are imported, that this program never reaches, and what stands in for each. */
const PACKAGES = {
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

const AWS_CORE = '@aws-sdk/core/dist-es/submodules';
const SMITHY_CORE = '@smithy/core/dist-es/submodules';
const CLIENTS = [
  ...['iam', 'organizations', 'sts'].map((name) => `@aws-sdk/client-${name}/dist-es`),
  ...['signin', 'sso', 'sso-oidc', 'sts'].map(
    (name) => `@aws-sdk/nested-clients/dist-es/submodules/${name}`,
  ),
];

/** The same of single files of the AWS SDK. */
const FILES = {
  // Advice to use a newer Node for later versions of the SDK: this version is bundled.
  [`${AWS_CORE}/client/emitWarningIfUnsupportedVersion.js`]: `export const emitWarningIfUnsupportedVersion = () => undefined; export const state = {};`,
  // A header that names the request which a Lambda function answers.
  [`${AWS_CORE}/client/middleware-recursion-detection/getRecursionDetectionPlugin.js`]: `export const getRecursionDetectionPlugin = () => ({ applyToStack: () => undefined });`,
  // SHA-256 for a Node without it.
  [`${SMITHY_CORE}/checksum/sha256/Sha256Js.js`]: `export const Sha256Js = undefined;`,
  // Names of buckets.
  [`${SMITHY_CORE}/endpoints/middleware-endpoint/service-customizations/index.js`]: `export const resolveParamsForS3 = undefined;`,
  // The second of the SDK's two writers and readers of JSON, which is longer, and quicker with long texts.
  [`${SMITHY_CORE}/protocols/json/codec-v2/JsonCodec2.js`]: `export { JsonCodec as JsonCodec2 } from '../codec-v1/JsonCodec.js';`,
  // Streams of browsers.
  [`${SMITHY_CORE}/serde/util-stream/sdk-stream-mixin.browser.js`]: `export const sdkStreamMixin = () => { throw new Error('not a stream of Node'); };`,
  // Signatures that count in every region, for which the SDK needs a further package.
  '@aws-sdk/signature-v4-multi-region/dist-es/index.js': `
    import { SignatureV4 } from '@smithy/signature-v4';
    export class SignatureV4MultiRegion extends SignatureV4 {
      static sigv4aDependency() { return 'none'; }
      sign(request, options) {
        if (options?.signingRegion === '*') throw new Error('signatures for every region are not bundled');
        return super.sign(request, options);
      }
    }`,
  // Headers inside streams of events.
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': `export class HeaderFormatter {}`,
  // Changes of a client's settings by extensions: without one, there are none.
  ...Object.fromEntries(
    CLIENTS.map((client) => [
      `${client}/runtimeExtensions.js`,
      `export const resolveRuntimeExtensions = (settings) => settings;`,
    ]),
  ),
};

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
for (const file of Object.keys(FILES))
  if (!existsSync(modules + file)) throw new Error(`${file}, which is left out, is not there`);

/** A Rolldown plugin that leaves those modules out of the bundle. */
export const leftOut = {
  name: 'left-out',
  resolveId: {
    filter: { id: new RegExp(`^(${Object.keys(PACKAGES).join('|')})$`) },
    handler: (name) => `\0left-out:${name}`,
  },
  load: {
    filter: { id: [/^\0left-out:/, ...Object.keys(FILES).map((file) => modules + file)] },
    handler: (id) => ({
      code: PACKAGES[id.slice('\0left-out:'.length)] ?? FILES[id.slice(modules.length)],
      moduleType: 'js',
    }),
  },
};

/**
 * What an AWS client knows of each error, by which only fields that nobody reads are added: code and message are read without it.
 * Two clients keep it: STS as it is used to get credentials tries again by it, and `aws login` reads a field.
 */
export const errorSchemas = {
  name: 'error-schemas',
  transform: {
    filter: {
      id: /@aws-sdk\/(client-\w+|nested-clients\/.*\/(sso|sso-oidc))\/(.*\/)?schemas_0\.js$/,
    },
    handler: (code) => code.replace(/^n0_registry\.registerError\(.*\);$/gm, ''),
  },
};

/**
 * What js-yaml makes when it is loaded, and does not say that it is nothing else: schemas, patterns and options, most of them
 * for writing. What no module names is left out then.
 */
export const pureValues = {
  name: 'pure-values',
  transform: {
    filter: { id: /\/node_modules\/js-yaml\// },
    handler: (code) =>
      code
        .replace(
          /^((?:const|var) [\w$]+ = )(new Schema\(\[[^;]*|new RegExp\(`[^;]*"u"\)|\{[^;]*Object\.keys\([^;]*|`[^`]*`);$/gm,
          '$1(() => ($2))();',
        )
        .replace(
          /^((?:const|var) [\w$]+ = )(?=\(\(\) => |(?:new )?[\w.]+\(|String\.raw`)/gm,
          '$1/* @__PURE__ */ ',
        )
        // Lines of the text around an error, which are not shown.
        .replace('mark.snippet = makeSnippet(mark);', ''),
  },
};

/** What AWS's regions are called in words, which is only printed. */
export const regionNames = {
  name: 'region-names',
  transform: {
    filter: { id: /\/util-endpoints\/lib\/aws\/partitions\.js$/ },
    handler: (code) => code.replace(/"description": "[^"]*",?/g, ''),
  },
};
