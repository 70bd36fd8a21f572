import { diffLines } from './line-diff.ts';

export interface MergedText {
  readonly text: string;
  /** How many places both sides changed differently; each stands between conflict markers. */
  readonly conflicts: number;
}

/** A stretch of the base that one side replaced. Line numbers, from 0; `end` is the first line after it. */
interface Hunk {
  readonly side: 'yours' | 'generated';
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** The lines that git and editors know a conflict by. */
const CONFLICT_START = '<<<<<<< yours';
const CONFLICT_MIDDLE = '=======';
const CONFLICT_END = '>>>>>>> generated';
/** Those that nothing else is likely to hold. */
const MARKERS: readonly string[] = [CONFLICT_START, CONFLICT_END];

/**
 * Merges two texts that come from one, line by line, as `git merge-file` does.
 *
 * Hunks come from a library; putting them together is done here. `node-diff3` took 63 seconds for the HCL of 400 roles,
 * where this takes milliseconds: its time grows with the square of the lines that are alike, and HCL is full of such.
 *
 * @param base what both come from; `undefined` where that is not known: every difference is a conflict then
 */
export function mergeText(base: string | undefined, yours: string, generated: string): MergedText {
  if (base === undefined) return withoutBase(yours, generated);
  const lines = linesOf(base);
  const hunks = [...hunksOf(lines, yours, 'yours'), ...hunksOf(lines, generated, 'generated')];
  hunks.sort((a, b) => a.start - b.start || a.end - b.end);

  const merged: string[] = [];
  let conflicts = 0;
  let at = 0;
  for (const group of touching(hunks)) {
    const start = Math.min(...group.map((hunk) => hunk.start));
    const end = Math.max(...group.map((hunk) => hunk.end));
    append(merged, lines.slice(at, start));
    const mine = sideOf('yours', group, lines, start, end);
    const theirs = sideOf('generated', group, lines, start, end);
    if (!theirs || (mine && same(mine, theirs))) append(merged, mine ?? []);
    else if (!mine) append(merged, theirs);
    else {
      const conflict = conflictOf(mine, theirs);
      append(merged, conflict.lines);
      conflicts += conflict.count;
    }
    at = end;
  }
  append(merged, lines.slice(at));
  return { text: merged.join(''), conflicts };
}

/** Each line with its end, so that a last line without one keeps it that way. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksOf(base: string[], text: string, side: Hunk['side']): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: { start: number; end: number; lines: string[] } | undefined;
  for (const { added, removed, value, count } of diffLines(base, linesOf(text))) {
    if (!added && !removed) {
      if (open) hunks.push({ side, ...open });
      open = undefined;
      at += count;
      continue;
    }
    open ??= { start: at, end: at, lines: [] };
    if (added) append(open.lines, value);
    else {
      at += count;
      open.end = at;
    }
  }
  if (open) hunks.push({ side, ...open });
  return hunks;
}

/** Hunks in groups of those that overlap or touch. */
function touching(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = [];
  let end = -1;
  for (const hunk of hunks) {
    const last = groups.at(-1);
    if (last && hunk.start <= end) last.push(hunk);
    else groups.push([hunk]);
    end = last && hunk.start <= end ? Math.max(end, hunk.end) : hunk.end;
  }
  return groups;
}

/** What one side has between two lines of the base; `undefined` where it changed nothing there. */
function sideOf(
  side: Hunk['side'],
  group: readonly Hunk[],
  base: readonly string[],
  start: number,
  end: number,
): string[] | undefined {
  const hunks = group.filter((hunk) => hunk.side === side);
  if (hunks.length === 0) return undefined;
  const lines: string[] = [];
  let at = start;
  for (const hunk of hunks) {
    append(lines, base.slice(at, hunk.start));
    append(lines, hunk.lines);
    at = hunk.end;
  }
  append(lines, base.slice(at, end));
  return lines;
}

function withoutBase(yours: string, generated: string): MergedText {
  const { lines, count } = conflictOf(linesOf(yours), linesOf(generated));
  return { text: lines.join(''), conflicts: count };
}

/** Between markers only what differs: lines that both sides share stand outside. */
function conflictOf(mine: readonly string[], theirs: readonly string[]) {
  const lines: string[] = [];
  let count = 0;
  let ours: readonly string[] = [];
  let generated: readonly string[] = [];
  const flush = () => {
    if (ours.length === 0 && generated.length === 0) return;
    count += 1;
    append(lines, [
      `${CONFLICT_START}\n`,
      ...closed(ours),
      `${CONFLICT_MIDDLE}\n`,
      ...closed(generated),
      `${CONFLICT_END}\n`,
    ]);
    ours = generated = [];
  };
  for (const { added, removed, value } of diffLines(mine, theirs)) {
    if (removed) ours = value;
    else if (added) generated = value;
    else {
      flush();
      append(lines, value);
    }
  }
  flush();
  return { lines, count };
}

/** A marker must begin a line, so a last line gets an end. */
function closed(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`));
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** `push(...lines)` would overflow the stack with a hundred thousand lines. */
function append(target: string[], lines: readonly string[]): void {
  for (const line of lines) target.push(line);
}

/** The line, from 1, on which a conflict that was written here begins; `undefined` where all are resolved. */
export function conflictLine(text: string): number | undefined {
  const index = text.split('\n').findIndex((line) => MARKERS.includes(line));
  return index < 0 ? undefined : index + 1;
}
