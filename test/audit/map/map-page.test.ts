import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mapPage } from '../../../src/audit/map/map-page.ts';
import {
  auditReport,
  grantEdge,
  largeReport,
  roleNode,
  sourceNode,
} from '../../support/builders/audit-reports.ts';
import { dataIn, textsIn } from '../../support/tools/map-page.ts';

const project = sourceNode('acme/web');
const role = roleNode('deploy');
const page = mapPage(
  auditReport({ sources: [project], roles: [role], grants: [grantEdge(project, role)] }),
);

/** The sources of each directive of the page's Content Security Policy. */
function policyOf(html: string): Map<string, string> {
  const [, policy = ''] =
    /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html) ?? [];
  return new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values.join(' ')];
    }),
  );
}

describe('the page allows nothing but itself', () => {
  const policy = policyOf(page);

  test('nothing is loaded that the policy does not name', () => {
    expect(policy.get('default-src')).toBe(`'none'`);
    expect([...policy.values()].join(' ')).not.toMatch(/unsafe|https?:|\*/);
  });

  test.each(['script', 'style'])('the hash of the one %s is that of its text', (name) => {
    const text = textsIn(page, name).at(-1) ?? '';
    const hash = createHash('sha256').update(text).digest('base64');
    expect(text.length).toBeGreaterThan(1000);
    expect(policy.get(`${name}-src`)).toBe(`'sha256-${hash}'`);
  });

  test('it holds two scripts, the data and the program, and one style', () => {
    expect(textsIn(page, 'script')).toHaveLength(2);
    expect(textsIn(page, 'style')).toHaveLength(1);
    expect(page).not.toMatch(/\son[a-z]+=|\sstyle=|\ssrc=|<link|<img|<iframe/i);
  });

  test('its script never writes HTML, and asks for nothing', () => {
    const script = textsIn(page, 'script').at(-1);
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(/,
    );
  });

  test('its script has at most 26 kB', () => {
    expect(textsIn(page, 'script').at(-1)?.length).toBeLessThanOrEqual(26_000);
  });
});

describe('the data is that of the report', () => {
  test('the same report gives the same bytes', () => {
    expect(mapPage(largeReport(50, 10))).toBe(mapPage(largeReport(50, 10)));
  });

  test('a grant names its source and role by their positions', () => {
    const { sources, roles, grants } = dataIn(page);
    expect(grants).toHaveLength(1);
    expect(sources[grants[0]?.source ?? -1]?.text).toBe('acme/web');
    expect(roles[grants[0]?.role ?? -1]?.name).toBe('deploy');
    expect(grants[0]?.text).toBe('branch main');
  });

  test('5,000 roles and 1,000 projects take less than 5 MB', () => {
    expect(mapPage(largeReport(5000, 1000)).length).toBeLessThan(5_000_000);
  });
});

/** Texts that end an element, open a comment, or change what a reader sees. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '</script>',
        '</SCRIPT ',
        '<!--',
        '-->',
        ']]>',
        '<script>',
        '"',
        "'",
        '\\',
        '&lt;',
        '\u2028',
        '\u202e',
        '\u0000',
        '\u200b',
        '\ud800',
        '{{data}}',
        '$&',
        'a',
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

describe('a name is a text, whatever it holds', () => {
  const skeleton = (html: string) => html.split(/(?<=id="data">)[^<]*/).join('');

  test('no name changes the page around the data, and none reads as HTML inside it', () => {
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const source = sourceNode(one);
        const target = roleNode(other);
        const html = mapPage(
          auditReport({
            sources: [source],
            roles: [target],
            grants: [grantEdge(source, target, other)],
          }),
        );
        expect(skeleton(html)).toBe(skeleton(page));
        expect(textsIn(html, 'script')[0]).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });

  test('no control, bidirectional or invisible character is left in what is shown', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const source = sourceNode(name);
        const { sources } = dataIn(mapPage(auditReport({ sources: [source] })));
        expect(sources[0]?.text).not.toMatch(
          /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u,
        );
      }),
    );
  });

  test('two names that look alike are two nodes', () => {
    const twins = [sourceNode('a\u202eb'), sourceNode('a\\u202eb')];
    const target = roleNode('deploy');
    const { grants } = dataIn(
      mapPage(
        auditReport({
          sources: twins,
          roles: [target],
          grants: twins.map((one) => grantEdge(one, target)),
        }),
      ),
    );
    expect(new Set(grants.map(({ source }) => source)).size).toBe(2);
  });
});
