import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { committedFiles, GOLDENS } from '../support/builders/goldens.ts';

/** The Terraform of each folder of a golden, which is a module of its own. */
function modulesOf(golden: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>();
  for (const [path, text] of committedFiles(golden)) {
    if (!path.endsWith('.tf')) continue;
    const folder = dirname(path);
    modules.set(folder, (modules.get(folder) ?? '') + text);
  }
  return modules;
}

test.each(GOLDENS)(
  'each folder of %s says where its AWS provider comes from, and in which versions, as tflint demands',
  (golden) => {
    for (const [folder, text] of modulesOf(golden)) {
      expect([folder, text]).toEqual([
        folder,
        expect.stringMatching(
          /^ {2}required_providers \{\n {4}aws = \{\n {6}source {2}= "hashicorp\/aws"\n {6}version = ">= 5\.\d+, < 7\.0"\n/m,
        ),
      ]);
    }
  },
);
