import type { MapData } from '../../../src/audit/map/map-data.ts';
import { type Packed, unpack } from '../../../src/audit/map/pack.ts';

/** The text inside the elements of a name, as HTML ends them: at the first closing tag, whatever stands before it. */
export function textsIn(html: string, name: string): string[] {
  return html
    .split(new RegExp(`<${name}[^>]*>`, 'i'))
    .slice(1)
    .map((rest) => rest.slice(0, rest.search(new RegExp(`</${name}`, 'i'))));
}

/** What a page of the access map shows. */
export function dataIn(html: string): MapData {
  return unpack(JSON.parse(textsIn(html, 'script')[0] ?? '') as Packed) as MapData;
}
