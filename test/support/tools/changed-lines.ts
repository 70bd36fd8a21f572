/** The lines from the first to the last that differ between two texts. */
export function changedLines(one: string, other: string): { before: string[]; after: string[] } {
  const [before, after] = [one.split('\n'), other.split('\n')];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return {
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
  };
}
