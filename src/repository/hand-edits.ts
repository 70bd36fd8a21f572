import { relative } from 'node:path';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { totalsOf } from '../compare/compare-inventories.ts';
import { effectInWords, factInWords, headlines, providerInWords } from '../compare/words.ts';
import {
  type Deployed,
  deployedOtherwise,
  type DeployedDifference,
  differenceTo,
  inventoryOf,
} from './deployed.ts';
import { editedRoots } from './edited-roots.ts';
import type { PreparedUpdate } from './prepare-update.ts';
import { renderGenerated } from './render.ts';
import { SYNTHESIZED, synthesizedIn } from './synthesized.ts';

/** An edit by hand that changes what is deployed, or may do so, and that the answers do not accept. */
export interface HandEdit {
  readonly paths: readonly string[];
  /** What it does, one line each. */
  readonly effects: readonly string[];
}

/**
 * The edits by hand that are not in `accepted_edits`: of the HCL where it comes to other roles, providers or another
 * backend than was generated last, and of the TypeScript, whose effect is known where it was synthesized since.
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
  // A module and its calls are not evaluated either, and a further file may hold anything.
  const further = blueprint.shared
    ? (await editedRoots(root, blueprint))
        .map(({ place }) => relative(root, place.file))
        .filter((path) => !generated.has(path) && !acceptedEdits.includes(path))
    : [];
  const program = [
    ...touched.filter((path) => path.endsWith('.ts') || (blueprint.shared && path.endsWith('.tf'))),
    ...further,
  ];
  const backend = hcl.filter(
    (path) => backendOf(current.get(path)) !== backendOf(generated.get(path)),
  );
  return [
    ...(deployed && hcl.length > 0 ? [{ paths: hcl, effects: effectsOf(deployed) }] : []),
    ...(backend.length > 0
      ? [{ paths: backend, effects: ['the state is kept in another place'] }]
      : []),
    ...(await programEdits(root, blueprint, program, acceptedEdits, deployed)),
  ];
}

/** The edits of the app in TypeScript, and what it was synthesized to. */
async function programEdits(
  root: string,
  blueprint: Blueprint,
  program: readonly string[],
  accepted: readonly string[],
  hcl: Deployed | undefined,
): Promise<HandEdit[]> {
  const app = await synthesizedIn(root);
  if (!app?.isFresh) {
    const why = app ? [`${SYNTHESIZED} is older than ${app.changed}`] : [];
    const effects = ['its effect on access cannot be evaluated', ...why];
    return program.length > 0 ? [{ paths: program, effects }] : [];
  }
  const { prefix } = blueprint.issuer;
  const difference = differenceTo(app.inventory, inventoryOf(blueprint), prefix);
  const fromHcl = hcl && differenceTo(app.inventory, hcl.inventory, prefix);
  const files = app.files.map((file) => relative(root, file));
  const isAccepted = accepted.some((path) => /\.(ts|tf)$/.test(path));
  if (program.length === 0 && (isAccepted || !(difference ?? fromHcl))) return [];
  return [
    {
      paths: program.length > 0 ? program : files,
      effects: [
        ...(difference
          ? effectsOf(difference)
          : [`${SYNTHESIZED} has the roles and providers that the answers describe`]),
        ...(fromHcl ? [`terraform and ${SYNTHESIZED} describe different roles or providers`] : []),
      ],
    },
  ];
}

function effectsOf({ comparison, reworded }: DeployedDifference): string[] {
  const { roles, providers, unreadable } = comparison;
  return [
    ...headlines(comparison, totalsOf(comparison)),
    ...reworded.map(({ name }) => `${name}: the trust policy is written differently`),
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
