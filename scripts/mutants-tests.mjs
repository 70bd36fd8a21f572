/**
 * Stands in for `@jest/globals` where suites are run within one process: it collects tests and runs none. What it lacks, a
 * suite that asks for it does not get.
 */
import { format } from 'node:util';
export { expect } from 'expect';

const tests = [];
const titles = [];

/** Begins a suite: the tests that follow are its own. */
export function suite(file) {
  titles.splice(0, titles.length, file);
}

/** The tests of all suites, in order. */
export function collected() {
  return tests;
}

export function describe(title, body) {
  titles.push(title);
  body();
  titles.pop();
}

export function test(title, run) {
  tests.push({ file: titles[0], name: titles.join(' › ').concat(' › ', title), run });
}

test.each = ofEach(test);
describe.each = ofEach(describe);

function ofEach(define) {
  return (rows) => (title, body) => {
    const table = rows.every((row) => Array.isArray(row)) ? rows : rows.map((row) => [row]);
    table.forEach((values, at) => {
      // The number is what tells the rows of a table apart.
      const words = typeof values[0] === 'object' ? title : format(title, ...values);
      define(`${words} [${at}]`, () => body(...values));
    });
  };
}
