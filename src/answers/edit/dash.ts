import type { YAMLSeq } from 'yaml';

/** Where the `-` of an item stands. */
export function dashOf(list: YAMLSeq, index: number): number {
  const token = list.srcToken;
  const item = token?.type === 'block-seq' ? token.items[index] : undefined;
  return item?.start.find(({ type }) => type === 'seq-item-ind')?.offset ?? 0;
}
