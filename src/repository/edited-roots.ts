import { join, relative } from 'node:path';
import type { UnreadableItem } from '../access/role-context.ts';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { readInputFiles } from './input-files.ts';
import { renderGenerated } from './render.ts';

/**
 * The .tf files of several accounts that are not as they are generated. Calls of modules are not evaluated, so what such
 * a file deploys is not known.
 *
 * @throws {ProblemError} where a file cannot be read
 */
export async function editedRoots(
  repository: string,
  blueprint: Blueprint,
): Promise<UnreadableItem[]> {
  const generated = new Map(
    [...renderGenerated(blueprint)].filter(([path]) => path.endsWith('.tf')),
  );
  const folder = join(repository, 'terraform');
  const existing = new Map(
    (await readInputFiles(folder))
      .filter(({ file }) => file.endsWith('.tf'))
      .map(({ file, text }) => [relative(repository, file), text]),
  );
  const paths = [...new Set([...generated.keys(), ...existing.keys()])].sort();
  return paths
    .filter((path) => codeOf(generated.get(path)) !== codeOf(existing.get(path)))
    .map((path) => ({
      place: { file: join(repository, path), path: '' },
      what: `The file is not as the answers say, and the HCL of several accounts is not evaluated: what it deploys is not known`,
      fix: 'Run update --check; to know the effect, give the plan of each account (terraform show -json)',
    }));
}

/** Without comments, blank lines, indents and `moved` blocks, which deploy nothing. */
function codeOf(text = ''): string {
  return text
    .replace(/^moved \{\n( *(from|to) *= [\w.[\]]+\n)*\}$/gm, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('\n');
}
