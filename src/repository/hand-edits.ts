import { relative } from 'node:path';
import { totalsOf } from '../compare/compare-inventories.ts';
import { effectInWords, factInWords, headlines, providerInWords } from '../compare/words.ts';
import type { Deployed } from './deployed.ts';
import { deployedOtherwise } from './deployed.ts';
import type { PreparedUpdate } from './prepare-update.ts';
import { renderGenerated } from './render.ts';

/** An edit by hand that changes what is deployed, or may do so, and that the answers do not accept. */
export interface HandEdit {
  readonly paths: readonly string[];
  /** What it does, one line each. */
  readonly effects: readonly string[];
}

/**
 * The edits by hand that are not in `accepted_edits`: of the HCL where it comes to other roles, providers or another
 * backend than was generated last, and of the TypeScript, which cannot be evaluated here.
 *
 * @throws {ProblemError} where the HCL cannot be read
 */
export async function handEdits(root: string, prepared: PreparedUpdate): Promise<HandEdit[]> {
  const { plan, current, acceptedEdits } = prepared;
  const blueprint = prepared.before ?? prepared.after;
  const generated = renderGenerated(blueprint);
  const touched = [
    ...plan.kept.map(({ path }) => path),
    ...plan.changes
      .filter(({ change }) => change === 'merged' || change === 'conflict')
      .map(({ path }) => path),
  ].filter((path) => !acceptedEdits.includes(path));
  const deployed = await deployedOtherwise(root, blueprint);
  const strange = (deployed?.files ?? [])
    .map((file) => relative(root, file))
    .filter((path) => !generated.has(path) && !acceptedEdits.includes(path));
  const hcl = [...touched.filter((path) => path.endsWith('.tf')), ...strange];
  // A module and its calls are not evaluated either.
  const program = touched.filter(
    (path) => path.endsWith('.ts') || (blueprint.shared && path.endsWith('.tf')),
  );
  const backend = hcl.filter(
    (path) => backendOf(current.get(path)) !== backendOf(generated.get(path)),
  );
  return [
    ...(deployed && hcl.length > 0 ? [{ paths: hcl, effects: effectsOf(deployed) }] : []),
    ...(backend.length > 0
      ? [{ paths: backend, effects: ['the state is kept in another place'] }]
      : []),
    ...(program.length > 0
      ? [{ paths: program, effects: ['its effect on access cannot be evaluated'] }]
      : []),
  ];
}

function effectsOf({ comparison }: Deployed): string[] {
  const { roles, providers, unreadable } = comparison;
  return [
    ...headlines(comparison, totalsOf(comparison)),
    ...roles.flatMap(({ key, effects, facts }) => [
      ...effects.map((one) => `${key.name}: ${one.kind}: ${effectInWords(one)}`),
      ...facts.map((one) => `${key.name}: ${factInWords(one)}`),
    ]),
    ...providers.map(providerInWords),
    ...unreadable.after.map(({ what }) => what),
  ];
}

/** The backend's block without comments and white space. */
function backendOf(text = ''): string {
  const block = /^ {2}backend "[^"]*" \{[\s\S]*?\}/m.exec(text.replace(/^\s*#.*$/gm, ''));
  return (block?.[0] ?? '').replace(/\s+/g, '');
}
