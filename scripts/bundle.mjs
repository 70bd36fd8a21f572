import { errorSchemas, leftOut, unusedOfYaml } from './left-out.mjs';
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
    // These change nothing when they are loaded, and do not say so.
    treeshake: {
      moduleSideEffects: [{ test: /\/node_modules\/(diff|js-yaml|yaml)\//, sideEffects: false }],
    },
    plugins: [templates, pages, leftOut, errorSchemas, unusedOfYaml],
  };
}
