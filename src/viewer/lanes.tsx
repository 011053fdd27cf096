/** One run as lanes: names at the left, the picture at the right, moved by mouse, wheel and fingers. */

import { useEffect, useRef } from 'preact/hooks';
import { effect } from '@preact/signals';
import { paint } from './paint.ts';
import { subjectAt, type Picture } from './pointing.ts';
import { usAt } from './scale.ts';
import type { RunPicture, ViewerState } from './state.ts';
import { themeOf } from './theme.ts';

/** A press that moves less than that is a click. */
const CLICK_PIXELS = 4;
/** How much nearer a step of the wheel brings. */
const WHEEL_ZOOM = 0.0018;
/** Width of the picture on paper. */
const PAPER_WIDTH = 1000;

export function Lanes({ state, picture }: { readonly state: ViewerState; readonly picture: RunPicture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { layout, run, number } = picture;
  useEffect(() => {
    const element = canvas.current;
    return element === null ? undefined : animate(element, state, picture);
  }, [state, picture]);
  return (
    <div class="lanes" style={{ height: `${layout.height}px` }}>
      <div class="names" aria-hidden="true">
        {layout.headings.map(({ name, y }) => (
          <span class="heading" key={name} style={{ top: `${y}px` }}>
            {name}
          </span>
        ))}
        {layout.rows.map(({ lane, group, y, height }) => (
          <span
            key={lane.id}
            class={lane.kind === 'role' ? 'name role' : 'name'}
            style={{ top: `${y}px`, height: `${height}px` }}
            title={lane.id}
          >
            {lane.kind === 'role' ? `${group} ${lane.label}` : lane.label}
          </span>
        ))}
      </div>
      <canvas
        ref={canvas}
        class="picture"
        tabIndex={0}
        role="application"
        aria-roledescription="timeline"
        aria-label={`Lanes of ${run.name}${run.label === '' ? '' : ` (${run.label})`}. Arrow keys move, plus and minus zoom, n and p go from thing to thing, question mark tells all keys.`}
        data-run={number}
      />
    </div>
  );
}

/** Draws whenever something changes that is drawn, at most once a frame. @returns what ends it */
function animate(canvas: HTMLCanvasElement, state: ViewerState, picture: RunPicture): () => void {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) return () => undefined;
  let theme = themeOf(canvas);
  let pending = 0;
  const draw = (width: number): void => {
    const ratio = window.devicePixelRatio || 1;
    const { height } = picture.layout;
    const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const view = state.view.value;
    canvas.dataset['view'] = `${view.fromUs} ${view.toUs}`;
    paint(context, theme, width, height, {
      picture,
      view,
      hidden: state.hidden.value,
      cursorUs: state.cursorUs.value,
      chosen: state.chosen.value,
    });
  };
  const request = (): void => {
    if (pending !== 0) return;
    pending = requestAnimationFrame(() => {
      pending = 0;
      draw(canvas.clientWidth);
    });
  };
  const restyle = (): void => {
    theme = themeOf(canvas);
    request();
  };
  const print = (): void => {
    // The style for paper is in force by now, and its width is not the screen's.
    theme = themeOf(canvas);
    draw(PAPER_WIDTH);
  };
  const watched = new ResizeObserver(request);
  watched.observe(canvas);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const paper = matchMedia('print');
  const turned = (): void => (paper.matches ? print() : restyle());
  dark.addEventListener('change', restyle);
  paper.addEventListener('change', turned);
  const stopFollowing = effect(() => {
    // Read here, so that their changes are followed.
    void [state.view.value, state.hidden.value, state.cursorUs.value, state.chosen.value];
    request();
  });
  const stopPointing = listen(canvas, state, picture);
  return () => {
    cancelAnimationFrame(pending);
    watched.disconnect();
    dark.removeEventListener('change', restyle);
    paper.removeEventListener('change', turned);
    stopFollowing();
    stopPointing();
  };
}

/** Follows the pointers over a picture: one pans or clicks, two zoom. @returns what ends it */
function listen(canvas: HTMLCanvasElement, state: ViewerState, run: RunPicture): () => void {
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
      state.cursorUs.value = timeAt(x);
      canvas.style.cursor = subjectAt(pictureNow(), x, y) === null ? 'grab' : 'pointer';
      return;
    }
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
    state.choose(subjectAt(pictureNow(), ...placeOf(event)));
  };
  const cancel = (event: PointerEvent): void => void pressed.delete(event.pointerId);
  const leave = (): void => {
    state.cursorUs.value = null;
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
