/** Draws, beside the pointer, what it is over. */

import type { Frame } from './frame.ts';
import type { RunPicture } from './state.ts';
import type { Hover } from './scene.ts';
import { tell } from './subject.ts';

const LINE_HEIGHT = 17;
const PADDING = 7;
/** From the pointer. */
const AWAY = 14;
const MOST_LETTERS = 72;

export function paintTip({ context, theme, width, height }: Frame, picture: RunPicture, hover: Hover): void {
  const { title, facts } = tell(picture.run.lanes, picture.names, hover.subject);
  const lines = [
    title,
    ...facts.filter(([name]) => TOLD.has(name)).map(([name, value]) => `${name} ${value}`),
  ].map((text) => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text));
  const wide = Math.max(...lines.map((text) => context.measureText(text).width)) + 2 * PADDING;
  const high = lines.length * LINE_HEIGHT + PADDING;
  const x = hover.x + AWAY + wide > width ? Math.max(0, hover.x - AWAY - wide) : hover.x + AWAY;
  const y = Math.min(hover.y + AWAY, height - high - 2);
  context.fillStyle = theme.paper;
  context.strokeStyle = theme.ink;
  context.beginPath();
  context.roundRect(Math.round(x) + 0.5, Math.round(y) + 0.5, wide, high, 4);
  context.fill();
  context.stroke();
  for (const [at, text] of lines.entries()) {
    context.fillStyle = at === 0 ? theme.ink : theme.soft;
    context.fillText(text, x + PADDING, y + PADDING / 2 + (at + 0.5) * LINE_HEIGHT);
  }
}

/** Facts that say when and how long. */
const TOLD: ReadonlySet<string> = new Set(['at', 'since', 'lasted', 'sent', 'arrived', 'lost', 'over']);
