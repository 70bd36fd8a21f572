import type { Problem } from '../text/problem.ts';
import { pathText } from './path.ts';

/** Names that every JavaScript object has already. */
const LOST_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What Valibot passes over without a word: those names, and lists where mappings belong, which it takes for mappings
 * of 0, 1, 2, …
 *
 * @param read what Valibot has made of it; nothing where it has refused it
 */
export function passedOver(given: unknown, read: unknown): Problem[] {
  const problems: Problem[] = [];
  const path: (string | number)[] = [];
  const report = (what: string, fix: string) => {
    problems.push({ where: pathText(path), what, fix });
  };
  const look = (node: unknown, its: unknown) => {
    if (!isObject(node)) return;
    const isList = Array.isArray(node);
    if (isList && isObject(its) && !Array.isArray(its)) {
      report('a list does not fit here', 'Give it as a mapping');
    }
    for (const key of Object.keys(node)) {
      path.push(isList ? Number(key) : key);
      if (LOST_KEYS.has(key)) report(`${key} cannot be a name here`, 'Use another');
      look(node[key], isObject(its) && Object.hasOwn(its, key) ? its[key] : undefined);
      path.pop();
    }
  };
  look(given, read);
  return problems;
}

function isObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null;
}
