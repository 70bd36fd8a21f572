import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inWidth } from '../../src/terminal/output.ts';
import { lengthOf, printable, withStyle } from '../../src/terminal/style.ts';

describe('a line that is too long for the terminal', () => {
  test.each([
    [
      'goes on below its last column',
      '    why      Anyone who can push a branch may assume the role\n',
      '    why      Anyone who can push a\n             branch may assume the role\n',
    ],
    [
      'goes on further to the right, where it has no columns',
      '  + mygroup/shop branch main may now assume deploy\n',
      '  + mygroup/shop branch main may now\n    assume deploy\n',
    ],
    [
      'goes on further to the right, where its last column has little room',
      'gitlab-deploy  mygroup/myproject  branch main, protected\n',
      'gitlab-deploy  mygroup/myproject\n  branch main, protected\n',
    ],
    [
      'keeps a word that is longer, so that it can be copied',
      '  actual  project_path:mygroup/myproject:ref_type:tag:ref:v1\n',
      '  actual  project_path:mygroup/myproject:ref_type:tag:ref:v1\n',
    ],
    ['keeps what a replacement would mean', "  $'$& one two three four five six\n", undefined],
  ])('%s', (_, line, expected = line) => {
    expect(inWidth(line, 40)).toBe(expected);
  });

  test('is measured by what is seen of it', () => {
    const red = withStyle('red', 'error');
    expect(lengthOf(`  ${red} OIDC101`)).toBe('  error OIDC101'.length);
    const line = `  ${red} OIDC101 no-subject: anyone may assume it`;
    expect(printable(inWidth(line, 30))).toBe(
      '  \u001b[31merror\u001b[39m OIDC101 no-subject:\n    anyone may assume it',
    );
  });
});

test('whatever the text: no word is lost or broken, and no line is too long but by one word', () => {
  const word = fc.string({ minLength: 1, maxLength: 30 }).filter((one) => !/\s/.test(one));
  const text = fc.array(fc.oneof(word, fc.constantFrom('', ' ', '\n')), { maxLength: 40 });
  const words = (given: string) => given.split(/[ \n]+/).filter(Boolean);
  fc.assert(
    fc.property(text, fc.integer({ min: 40, max: 120 }), (parts, width) => {
      const fitted = inWidth(parts.join(' '), width);
      expect(words(fitted)).toEqual(words(parts.join(' ')));
      for (const line of fitted.split('\n'))
        if (line.trimEnd().length > width) expect(words(line).length).toBeLessThanOrEqual(1);
    }),
  );
});
