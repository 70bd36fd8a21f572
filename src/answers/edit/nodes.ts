import { ProblemError } from '../../text/problem.ts';
import { type Path, pathText } from '../path.ts';
import type { YamlSource, YamlMap, YamlNode, YamlPair } from '../yaml/source.ts';

/** The node at a path. @throws {ProblemError} where a change there would change other places too */
export function nodeAt({ root, shared }: YamlSource, path: Path): YamlNode | undefined {
  let node = root;
  refuseShared(node, shared, []);
  for (const [depth, key] of path.entries()) {
    if (node?.kind === 'list') node = node.items[Number(key)]?.node;
    else if (node?.kind === 'map') node = pairOf(node, key)?.value;
    else return undefined;
    refuseShared(node, shared, path.slice(0, depth + 1));
  }
  return node;
}

/** @throws {ProblemError} where something in the node is used elsewhere */
export function refuseSharedWithin(source: YamlSource, node: YamlNode, path: Path): void {
  if (node.kind !== 'alias') refuseShared(node, source.shared, path);
  for (const inner of nodesIn(node)) refuseSharedWithin(source, inner, path);
}

function nodesIn(node: YamlNode): YamlNode[] {
  if (node.kind === 'list') return node.items.map((item) => item.node);
  return node.kind === 'map' ? node.pairs.flatMap(({ key, value }) => [key, value]) : [];
}

export function pairOf(map: YamlMap, key: string | number): YamlPair | undefined {
  return map.pairs.find((pair) => pair.key.kind === 'scalar' && pair.key.value === String(key));
}

function refuseShared(node: YamlNode | undefined, shared: ReadonlySet<string>, path: Path): void {
  const alias = node?.kind === 'alias' ? node.of : undefined;
  const anchor = node?.anchor !== undefined && shared.has(node.anchor) ? node.anchor : undefined;
  const name = alias ?? anchor;
  if (name === undefined) return;
  throw new ProblemError([
    {
      where: pathText(path),
      what:
        alias === undefined
          ? `other places use what is written there, as *${name}`
          : `it is written elsewhere, at &${name}, and used here as *${name}`,
      fix: 'Write it out in each place, or make this change in the file',
    },
  ]);
}
