import { errorSchemas, leftOut, pureValues, regionNames } from './left-out.mjs';
import { pages } from './pages-plugin.mjs';
import { templates } from './templates-plugin.mjs';

/**
 * What every bundle of the program is made with.
 *
 * @param {string} root the project's folder, ending in a slash
 * @param {string[]} input entry points, relative to `root`
 * @param {string} version what `VERSION` is in it
 * @returns {import('rolldown').InputOptions}
 */
export function bundle(root, input, version) {
  return {
    cwd: root,
    input,
    platform: 'node',
    // Libraries as modules, of which only what is used is bundled.
    resolve: { mainFields: ['module', 'main'] },
    transform: { target: 'node20.17', define: { __VERSION__: JSON.stringify(version) } },
    treeshake: {
      // These change nothing when they are loaded, and do not say so.
      moduleSideEffects: [{ test: /\/node_modules\/(diff|js-yaml)\//, sideEffects: false }],
      // A getter that does more than get is nowhere.
      propertyReadSideEffects: false,
    },
    plugins: [templates, pages, leftOut, errorSchemas, pureValues, regionNames],
  };
}
