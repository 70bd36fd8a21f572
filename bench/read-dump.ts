import { readInventory } from '../src/aws/inputs/read-inputs.ts';
import { dumpOf } from './dump.ts';

/**
 * Reads a dump of 5,000 roles as `aws iam get-account-authorization-details` prints it, against `JSON.parse` of the same text.
 * Run with `node --expose-gc` for memory.
 */
const ROLES = 5000;
const text = dumpOf(ROLES);

const parse = best(() => JSON.parse(text) as unknown);
const read = best(() => readInventory([{ file: 'dump.json', text, isFound: false }]));
console.log(`${(text.length / 1e6).toFixed(1)} MB, ${ROLES} roles`);
console.log(
  `JSON.parse ${parse.toFixed(0)} ms, read ${read.toFixed(0)} ms: ${(read / parse).toFixed(1)} times`,
);
global.gc?.();
const before = process.memoryUsage().heapUsed;
const inventory = readInventory([{ file: 'dump.json', text, isFound: false }]);
const used = process.memoryUsage().heapUsed - before;
console.log(
  `${inventory.roles.length} roles, ${(used / text.length).toFixed(1)} times the text in memory`,
);

/** Milliseconds. */
function best(work: () => unknown): number {
  let least = Infinity;
  for (let turn = 0; turn < 5; turn += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
