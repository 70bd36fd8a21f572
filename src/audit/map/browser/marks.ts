import type { MapChange, MapRole } from '../map-data.ts';
import { make } from './dom.ts';

/** The risk as a number with a color; the number alone says it too. */
export function riskMark({ risk, trustsGitlab }: MapRole): HTMLElement {
  const level = risk >= 12 ? 'high' : risk >= 8 ? 'medium' : risk >= 4 ? 'low' : 'none';
  const way = trustsGitlab ? '' : ', reached by chains only';
  return make(
    'span',
    { class: `risk ${level}`, title: `Risk ${risk} of 16${way}` },
    mute(`risk${way} `),
    trustsGitlab ? '' : '→',
    String(risk),
  );
}

export function changeMark(change: MapChange | undefined): HTMLElement | undefined {
  return change && make('span', { class: `change ${change}` }, change);
}

/** A text for screen readers alone. */
function mute(text: string): HTMLElement {
  return make('span', { class: 'mute' }, text);
}
