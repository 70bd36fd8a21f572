import type { UnreadableItem } from '../access/role-context.ts';
import { placeText } from '../access/place.ts';
import { styled } from '../terminal/output.ts';
import { visible } from '../text/unprintable.ts';

/** An item of the input that could not be read, in a report for people. */
export function unreadableText({ place, what, fix }: UnreadableItem): string {
  return `${visible(placeText(place))}: ${styled('stdout', 'red', 'not read')}\n  what     ${visible(what)}\n  fix      ${visible(fix)}\n`;
}
