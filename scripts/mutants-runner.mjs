import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached } from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import { rolldown } from 'rolldown';
import { bundle } from './bundle.mjs';

/** Stryker's object, in which mutated code finds the mutant that is active and counts what runs. */
const shared = (globalThis.__stryker__ ??= {});
const require = createRequire(import.meta.url);
const COLLECTOR = fileURLToPath(new URL('mutants-tests.mjs', import.meta.url));
/** How long each test took, for the processes that replace one which was stopped. */
const DURATIONS = 'durations.json';

/**
 * Runs the suites in one process. To start Jest for each mutant takes seconds; to evaluate one bundle of all suites again
 * takes milliseconds, and nothing of the mutant before is left. Of the tests that reach a mutant, the fastest run first.
 */
class WarmRunner {
  static inject = ['options'];
  #suites;
  #script;
  #libraries;
  #durations = new Map();

  constructor({ mutants }) {
    this.#suites = mutants.suites;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // The same mutant must have the same fate in each run. A counterexample is enough, it need not be small.
    fc.configureGlobal({ seed: 1, endOnFailure: true });
    const { code, imports } = await bundleOf(this.#suites);
    this.#script = new Script(`(function (require, exports, __filename) {${code}\n})`);
    this.#libraries = new Map(
      await Promise.all(
        imports.map(async (name) => [name, { __esModule: true, ...(await import(name)) }]),
      ),
    );
    this.#durations = new Map(readDurations());
  }

  async dryRun() {
    delete shared.activeMutant;
    const tests = [];
    for (const one of this.#load()) {
      shared.currentTestId = one.name;
      const { failureMessage, timeSpentMs } = await outcomeOf(one);
      shared.currentTestId = undefined;
      this.#durations.set(one.name, timeSpentMs);
      const { name, file: fileName } = one;
      const status = failureMessage === undefined ? 0 : 1;
      tests.push({ id: name, name, fileName, timeSpentMs, status, failureMessage });
    }
    writeFileSync(DURATIONS, JSON.stringify([...this.#durations]));
    return { status: 'complete', tests, mutantCoverage: shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    Object.assign(shared, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const chosen = testFilter && new Set(testFilter);
    let nrOfTests = 0;
    let killed;
    try {
      const tests = this.#load().filter(({ name }) => chosen === undefined || chosen.has(name));
      const lasted = ({ name }) => this.#durations.get(name) ?? 0;
      for (const one of tests.toSorted((a, b) => lasted(a) - lasted(b))) {
        nrOfTests++;
        const { failureMessage } = await outcomeOf(one);
        if (failureMessage === undefined) continue;
        killed = { killedBy: [one.name], failureMessage };
        break;
      }
    } catch (error) {
      killed = { killedBy: [], failureMessage: `the suites do not load: ${error}` };
    }
    return (
      determineHitLimitReached(shared.hitCount, shared.hitLimit) ??
      (killed ? { status: 'killed', ...killed, nrOfTests } : { status: 'survived', nrOfTests })
    );
  }

  /** Evaluates every module and collects the tests. */
  #load() {
    const exports = {};
    const load = (name) => this.#libraries.get(name) ?? require(name);
    this.#script.runInThisContext()(load, exports, import.meta.filename);
    return exports.collected();
  }
}

async function outcomeOf({ run }) {
  const begin = performance.now();
  let failureMessage;
  try {
    await run();
  } catch (error) {
    failureMessage = String(error?.message ?? error);
  }
  return { failureMessage, timeSpentMs: performance.now() - begin };
}

function readDurations() {
  try {
    return JSON.parse(readFileSync(DURATIONS, 'utf8'));
  } catch {
    return [];
  }
}

/** One script of all suites and what they import of this project; libraries are left outside. */
async function bundleOf(suites) {
  const root = `${process.cwd()}/`;
  const entry = [
    ...suites.flatMap((file, at) => [`import 'begin:${at}';`, `import '${root}${file}';`]),
    `export { collected } from '@jest/globals';`,
  ].join('\n');
  const { plugins, ...options } = bundle(root, ['all-suites'], '0.0.0');
  const build = await rolldown({
    ...options,
    external: (id) => /^[@a-z]/.test(id) && !/^(@jest\/globals|all-suites|begin:)/.test(id),
    treeshake: false,
    plugins: [
      {
        name: 'suites',
        resolveId: (id) =>
          id === '@jest/globals' ? COLLECTOR : /^(all-suites|begin:)/.test(id) ? id : undefined,
        load: (id) => {
          if (id === 'all-suites') return entry;
          const [, at] = /^begin:(\d+)$/.exec(id) ?? [];
          return (
            at && `import { suite } from '@jest/globals'; suite(${JSON.stringify(suites[at])});`
          );
        },
      },
      ...plugins,
    ],
  });
  const { output } = await build.generate({ format: 'cjs', codeSplitting: false });
  await build.close();
  return { code: output[0].code, imports: output[0].imports };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'warm', WarmRunner)];
