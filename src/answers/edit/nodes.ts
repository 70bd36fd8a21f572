import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import { ProblemError } from '../../text/problem.ts';
import { type Path, pathText } from '../path.ts';

/** The file as it is written: each node knows where it stands. */
export function parseSource(text: string): Document {
  return parseDocument(text, { keepSourceTokens: true, merge: false });
}

/** The node at a path. @throws {ProblemError} where a change there would change other places too */
export function nodeAt(document: Document, path: Path): Node | undefined {
  const shared = sharedAnchors(document);
  let node: unknown = document.contents;
  refuseShared(node, shared, []);
  for (const [depth, key] of path.entries()) {
    if (isSeq(node)) node = node.items[Number(key)];
    else if (isMap(node)) node = pairOf(node, key)?.value;
    else return undefined;
    refuseShared(node, shared, path.slice(0, depth + 1));
  }
  return isNode(node) ? node : undefined;
}

/** @throws {ProblemError} where something in the node is used elsewhere */
export function refuseSharedWithin(document: Document, node: Node, path: Path): void {
  const shared = sharedAnchors(document);
  visit(node, {
    Node: (_, inner) => {
      if (!isAlias(inner)) refuseShared(inner, shared, path);
    },
  });
}

export function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** Where the first character of a node's content is. */
export function contentStart(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** Where the last character of a node's content is, comments and blank lines behind it left out. */
export function contentEnd(node: unknown): number {
  if (isCollection(node) && !node.flow) {
    const last = node.items.at(-1);
    if (isNode(last)) return contentEnd(last);
    if (last !== undefined) return pairEnd(last as Pair);
  }
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

export function pairEnd({ key, value }: Pair): number {
  return Math.max(contentEnd(key), contentEnd(value));
}

function sharedAnchors(document: Document): ReadonlySet<string> {
  const anchors = new Set<string>();
  visit(document, {
    Alias: (_, { source }) => {
      anchors.add(source);
    },
  });
  return anchors;
}

function refuseShared(node: unknown, shared: ReadonlySet<string>, path: Path): void {
  const alias = isAlias(node) ? node.source : undefined;
  const anchor = isNode(node) && !isAlias(node) ? node.anchor : undefined;
  const name = alias ?? (anchor !== undefined && shared.has(anchor) ? anchor : undefined);
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
