import type { MapData, MapFinding, MapRole } from '../map-data.ts';
import type { MapNode } from '../model/graph.ts';
import { longList, make } from './dom.ts';
import { changeMark, riskMark } from './marks.ts';
import { nodeLink } from './names.ts';

/** What a role may do, in words; the actions and resources on demand. */
export function powersList(role: MapRole | undefined, most?: number): Node {
  const powers = role?.powers ?? [];
  if (powers.length === 0) return make('p', { class: 'may' }, 'Nothing that is looked for.');
  if (most !== undefined) {
    const more = powers.length - most;
    const first = powers.slice(0, most).map(({ text }) => text);
    return make(
      'p',
      { class: 'may' },
      `May: ${first.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    );
  }
  return longList(
    powers.map(
      ({ text, actions, resources, source }) =>
        () =>
          make(
            'li',
            {},
            make(
              'details',
              {},
              make('summary', {}, text),
              make('p', {}, `${actions.join(', ')} on ${resources.join(', ')}`),
              source !== undefined && make('p', {}, `Published: ${source}`),
            ),
          ),
    ),
  );
}

export function findingItem(finding: MapFinding): HTMLElement {
  const { rule, severity, message, fix, place, status, reason, change } = finding;
  const standing =
    status === 'open' ? '' : ` · ${status}${reason === undefined ? '' : `: ${reason}`}`;
  return make(
    'li',
    {},
    make('span', { class: `severity ${severity}` }, severity),
    ` ${rule}${standing} `,
    changeMark(change),
    make('p', {}, message),
    make('p', { class: 'fix' }, `Fix: ${fix}`),
    make('p', { class: 'place' }, place),
  );
}

/** What is shown where nothing is selected: where to begin, and what the report cannot say. */
export function showOverview(
  place: HTMLElement,
  data: MapData,
  select: (node: MapNode) => void,
): void {
  const riskiest = data.roles
    .map((role, at) => ({ role, at }))
    .filter(({ role }) => role.risk > 0 && role.change !== 'removed')
    .slice(0, 10);
  place.replaceChildren(
    make('p', { class: 'kind' }, 'Overview'),
    make('h2', { id: 'details-title', tabindex: '-1' }, 'Highest risk'),
    make(
      'p',
      {},
      'Risk is exposure (how many can assume the role) times power (what it may do), 0 to 16.',
    ),
    riskiest.length === 0
      ? make('p', {}, 'No role with a risk.')
      : longList(
          riskiest.map(
            ({ role, at }) =>
              () =>
                make(
                  'li',
                  {},
                  nodeLink(data, { kind: 'role', at }, select),
                  riskMark(role),
                  changeMark(role.change),
                  powersList(role, 2),
                ),
          ),
        ),
    ...(data.notes.length > 0
      ? [
          make('h3', {}, 'What this report cannot say'),
          longList(data.notes.map((note) => () => make('li', {}, note))),
        ]
      : []),
  );
}
