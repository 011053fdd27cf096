/** Follows the pointers over a picture: mouse, wheel and fingers. */

import { subjectAt, type Picture } from './pointing.ts';
import { usAt } from './scale.ts';
import type { RunPicture, ViewerState } from './state.ts';

/** A press that moves less than that is a click. */
const CLICK_PIXELS = 4;
/** How much nearer a step of the wheel brings. */
const WHEEL_ZOOM = 0.0018;

/** One pointer pans or clicks, two zoom, the wheel zooms around itself. @returns what ends it */
export function listen(canvas: HTMLCanvasElement, state: ViewerState, run: RunPicture): () => void {
  const pressed = new Map<number, { x: number; moved: number }>();
  const placeOf = (event: MouseEvent): readonly [x: number, y: number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const timeAt = (x: number): number => usAt(state.view.value, x, canvas.clientWidth);
  const pictureNow = (): Picture => {
    const { fromUs, toUs } = state.view.value;
    return {
      run: run.number,
      layout: run.layout,
      columns: run.columns,
      view: { fromUs: fromUs + run.originUs, toUs: toUs + run.originUs },
      width: canvas.clientWidth,
      hidden: state.hidden.value,
    };
  };
  const down = (event: PointerEvent): void => {
    canvas.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, { x: placeOf(event)[0], moved: 0 });
  };
  const move = (event: PointerEvent): void => {
    const [x, y] = placeOf(event);
    const own = pressed.get(event.pointerId);
    if (own === undefined) {
      const subject = subjectAt(pictureNow(), x, y);
      state.cursorUs.value = timeAt(x);
      state.hover.value = subject === null ? null : { subject, x, y };
      canvas.style.cursor = subject === null ? 'grab' : 'pointer';
      return;
    }
    state.hover.value = null;
    const by = x - own.x;
    const other = [...pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (other !== undefined) {
      const before = Math.abs(own.x - other.x);
      const after = Math.abs(x - other.x);
      if (before > 0 && after > 0) state.zoom(before / after, timeAt((x + other.x) / 2));
    } else {
      canvas.style.cursor = 'grabbing';
      state.pan(-by / canvas.clientWidth);
    }
    own.x = x;
    own.moved += Math.abs(by);
  };
  const up = (event: PointerEvent): void => {
    const own = pressed.get(event.pointerId);
    pressed.delete(event.pointerId);
    if (own === undefined || own.moved >= CLICK_PIXELS) return;
    // What one sees and clicks on stays where it is, also a bar that began long before.
    state.point(subjectAt(pictureNow(), ...placeOf(event)));
  };
  const cancel = (event: PointerEvent): void => void pressed.delete(event.pointerId);
  const leave = (): void => {
    state.cursorUs.value = null;
    state.hover.value = null;
  };
  const nearer = (event: MouseEvent): void => state.zoom(0.5, timeAt(placeOf(event)[0]));
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      state.pan((sideways * lines) / canvas.clientWidth);
      return;
    }
    const atUs = timeAt(placeOf(event)[0]);
    state.zoom(Math.exp(event.deltaY * lines * WHEEL_ZOOM), atUs);
    state.cursorUs.value = atUs;
    state.hover.value = null;
  };
  const stop = new AbortController();
  const { signal } = stop;
  canvas.addEventListener('pointerdown', down, { signal });
  canvas.addEventListener('pointermove', move, { signal });
  canvas.addEventListener('pointerup', up, { signal });
  canvas.addEventListener('pointercancel', cancel, { signal });
  canvas.addEventListener('pointerleave', leave, { signal });
  canvas.addEventListener('dblclick', nearer, { signal });
  canvas.addEventListener('wheel', wheel, { signal, passive: false });
  return () => stop.abort();
}
