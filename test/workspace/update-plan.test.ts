import { describe, expect, test } from '@jest/globals';
import { blobId } from '../../src/workspace/blob-id.ts';
import { planUpdate } from '../../src/workspace/update-plan.ts';

/** What happens to one file: generated last, there now, generated now. */
function plan(last: string | undefined, now: string | undefined, next: string | undefined) {
  const map = (text: string | undefined) =>
    new Map(text === undefined ? [] : [['file', text] as const]);
  const { changes, kept } = planUpdate({
    last: new Map(last === undefined ? [] : [['file', blobId(last)]]),
    now: map(now),
    next: map(next),
    base: () => last,
  });
  const [change] = changes;
  return change ? [change.change, change.after] : [kept[0]?.kept];
}

const OLD = 'a\nb\nc\nd\n';
const NEW = 'a\nb\nc\nD\n';
const EDITED = 'mine\na\nb\nc\nd\n';

describe('a file', () => {
  test.each<[what: string, ...Parameters<typeof plan>, ReturnType<typeof plan>]>([
    ['not touched and generated otherwise is replaced', OLD, OLD, NEW, ['replaced', NEW]],
    ['not touched and generated as before is kept', OLD, OLD, OLD, [undefined]],
    ['edited and generated otherwise is merged', OLD, EDITED, NEW, ['merged', `mine\n${NEW}`]],
    ['edited and generated as before keeps its edit', OLD, EDITED, OLD, ['edited']],
    ['edited to what is generated now is kept', OLD, NEW, NEW, [undefined]],
    ['generated for the first time is added', undefined, undefined, NEW, ['added', NEW]],
    ['deleted by hand is not created again', OLD, undefined, NEW, ['deleted']],
    [
      'not touched and not generated any more is removed',
      OLD,
      OLD,
      undefined,
      ['removed', undefined],
    ],
    ['edited and not generated any more is kept', OLD, EDITED, undefined, ['orphaned']],
    [
      'deleted by hand and not generated any more does not matter',
      OLD,
      undefined,
      undefined,
      [undefined],
    ],
  ])('%s', (_, last, now, next, expected) => {
    expect(plan(last, now, next)).toEqual(expected);
  });

  test('of somebody else, in the place of a new one, is a conflict and not overwritten', () => {
    const [change, text] = plan(undefined, 'theirs\n', NEW);
    expect(change).toBe('conflict');
    expect(text).toContain('theirs\n');
    expect(text).toContain(NEW);
  });
});

test('a blob id is what git calls a file of that content', () => {
  // printf 'hello\n' | git hash-object --stdin
  expect(blobId('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});
