import { like } from '../../../iam/evaluate/wildcard.ts';
import type { MapSource } from '../map-data.ts';
import type { Graph } from './graph.ts';

/** The sources that a project is one of: itself, its groups, and the patterns that it matches. */
export function coveringSources({ data }: Graph, at: number): number[] {
  const project = data.sources[at];
  if (!project) return [];
  return data.sources.flatMap((source, other) =>
    other === at || covers(source, project) ? [other] : [],
  );
}

/** Whether each project of `inner` is surely one of `outer`. */
function covers(outer: MapSource, inner: MapSource): boolean {
  if (outer.issuer !== inner.issuer) return false;
  if (
    outer.ids.length > 0 &&
    !(inner.ids.length > 0 && inner.ids.every((id) => isIn(outer.ids, id)))
  )
    return false;
  const { path } = inner;
  if (path === undefined) return outer.path === undefined && outer.exceptPaths.length === 0;
  if (inner.kind === 'pattern') return outer.path === undefined || outer.path === path;
  const example = inner.kind === 'group' ? `${path}/` : path;
  if (isIn(outer.exceptPaths, example)) return false;
  if (outer.path === undefined) return true;
  if (outer.kind === 'group') return example.startsWith(`${outer.path}/`);
  return inner.kind === 'project' && like(outer.path, path);
}

function isIn(patterns: readonly string[], text: string): boolean {
  return patterns.some((one) => like(one, text));
}
