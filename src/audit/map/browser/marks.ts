import type { MapChange, MapRole } from '../map-data.ts';
import { make } from './dom.ts';

/** The risk as a number with a color; the number alone says it too. */
export function riskMark({ risk, trustsGitlab }: MapRole): HTMLElement {
  if (!trustsGitlab)
    return make(
      'span',
      { class: 'risk none', title: 'Reached by chains only' },
      mute('reached by chains only'),
      '→',
    );
  const level = risk >= 12 ? 'high' : risk >= 8 ? 'medium' : risk >= 4 ? 'low' : 'none';
  return make(
    'span',
    { class: `risk ${level}`, title: `Risk ${risk} of 16` },
    mute('risk '),
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
